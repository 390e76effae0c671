"""Productify Pro's window: it shows and asks, and knows nothing else."""
