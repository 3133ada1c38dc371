"""The pure core: values and functions over values. No I/O, no clock, no log."""
