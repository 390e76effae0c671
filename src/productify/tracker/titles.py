"""Titles without what flickers: spinners, unsaved marks and counters are not another activity."""

import re

_SPINNERS = "⠀-⣿◐◓◑◒◴◷◶◵◰◳◲◱✢✳✶✻✽⏳⌛🔄"
_MARKS = "●•○◌◉⚫*＊∗🔴🔵🟠🔔"
_COUNT = r"[(\[]\d{1,3}(?:[.,]\d{3})*\+?[)\]]"
"""(3), [12], (1,204), (99+): but not (2024), which is a year."""
_LEADING = re.compile(
    rf"^(?:[\s{_SPINNERS}{_MARKS}]+"
    rf"|{_COUNT}\s*"
    r"|\d{1,3}(?:[.,]\d+)?\s?%\s*[-–—:|]\s*"  # the progress of a download or a build
    r"|[|/\\-]\s+)+"  # the four strokes of a console spinner
)
_TRAILING = re.compile(rf"(?:[\s{_SPINNERS}{_MARKS}]+|\s{_COUNT})+$")
_INNER = re.compile(rf"\s{_COUNT}(?=\s[-–—|·])")
_SPACE = re.compile(r"\s+")
_LONGEST = 1000


def cleaned(title: str | None) -> str | None:
    """Return `title` as it is stored and compared, at most 1000 characters; None where nothing is left."""
    if not title:
        return None
    plain = _SPACE.sub(" ", title).strip()
    rest = _INNER.sub("", _TRAILING.sub("", _LEADING.sub("", plain))).strip()
    return (rest or plain)[:_LONGEST] or None
