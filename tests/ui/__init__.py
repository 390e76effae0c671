"""Tests of the window, off screen; the service is scripted where the real one would add nothing."""
