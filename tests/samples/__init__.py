"""Tests of the sample feeds."""
