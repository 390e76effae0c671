"""The command line: everything the app can do without its window."""

from productify.cli.main import main

__all__ = ["main"]
