"""The desktop's own do not disturb, chosen for the session."""

from productify.quiet.silence import Silence, answering, capability, fitting_here

__all__ = ["Silence", "answering", "capability", "fitting_here"]
