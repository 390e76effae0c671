"""What happens on the desktop, turned into activities that tell the truth about every second."""
