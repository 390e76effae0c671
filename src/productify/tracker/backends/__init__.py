"""The desktops that can be watched, one module each."""
