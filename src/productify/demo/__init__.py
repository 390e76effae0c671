"""Believable days of a made-up person: for trying the app, for its pictures and its benchmarks."""

from productify.demo.days import Moment, person_days

__all__ = ["Moment", "person_days"]
