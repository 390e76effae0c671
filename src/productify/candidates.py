"""Choosing what fits this desktop from a list of modules, of which only those are imported that may."""

import logging
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from typing import Any, NamedTuple

_log = logging.getLogger(__name__)
_PLATFORM: str = sys.platform


class Where(StrEnum):
    """Where alone a candidate can fit: elsewhere its module is not even imported."""

    ANYWHERE = ""
    LINUX = "linux"
    X11 = "x11"
    """Linux with a DISPLAY."""
    WAYLAND = "wayland"
    """Linux with a WAYLAND_DISPLAY."""
    WINDOWS = "win32"
    MACOS = "darwin"


class Candidate(NamedTuple):
    """A class in a module, which has a class method `score(environment)`: 0 where it does not fit, else how well."""

    module: str
    name: str
    where: Where = Where.ANYWHERE

    def may_fit(self, environment: Mapping[str, str]) -> bool:
        """Return whether it is worth to be imported here."""
        match self.where:
            case Where.ANYWHERE:
                return True
            case Where.X11:
                return _PLATFORM == "linux" and bool(environment.get("DISPLAY"))
            case Where.WAYLAND:
                return _PLATFORM == "linux" and bool(environment.get("WAYLAND_DISPLAY"))
            case _:
                return self.where == _PLATFORM


def fitting(candidates: Sequence[Candidate], environment: Mapping[str, str]) -> list[Any]:
    """Return the classes that fit the desktop, the best first; one that cannot be imported does not."""
    scored = []
    for candidate in candidates:
        if not candidate.may_fit(environment):
            continue
        try:
            found: Any = getattr(import_module(candidate.module), candidate.name)
        except (ImportError, OSError) as error:
            _log.info("%s is left out: %s", candidate.name, error)
            continue
        if (score := found.score(environment)) > 0:
            scored.append((score, found))
    return [found for _, found in sorted(scored, key=lambda pair: -pair[0])]
