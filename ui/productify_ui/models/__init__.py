"""Qt models over frozen values."""
