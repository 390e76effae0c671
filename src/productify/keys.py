"""The device's key, which secrets and pictures on the disk are sealed with."""
