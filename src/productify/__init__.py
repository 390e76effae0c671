"""Productify Pro's core: what it records and knows, without a window."""

__version__ = "0.1.0"
