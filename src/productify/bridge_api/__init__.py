"""The loopback HTTP API where browser extensions and the app meet."""
