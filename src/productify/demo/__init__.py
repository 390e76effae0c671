"""Believable days of a made-up person: for trying the app, for its pictures and its benchmarks."""

from productify.demo.days import Moment, person_days
from productify.demo.sessions import Pull, Sitting, sittings
from productify.demo.shots import MONITORS, Picture, pictured

__all__ = ["MONITORS", "Moment", "Picture", "Pull", "Sitting", "person_days", "pictured", "sittings"]
