"""Keeps Qt for Python from reading the source of whatever is imported after it.

It looks there for `from __feature__ import snake_case` (PYSIDE-1368), through `inspect.getsource`, which keeps every
line: 22 MB and a fifth of the start for modules that never heard of Qt. No file of ours asks for such a feature.
"""

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401 - it brings the module that looks

_LOOK = "_mod_uses_pyside"


def leave_sources_alone() -> None:
    """Let Qt for Python take every module for one that asks for no feature; where it has no such look, do nothing."""
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, _LOOK):
        setattr(feature, _LOOK, _asks_for_nothing)


def _asks_for_nothing(_module: ModuleType) -> bool:
    return False
