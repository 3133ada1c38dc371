"""Tests of the terminal and the page."""
