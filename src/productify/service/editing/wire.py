"""A step as a plain dictionary, as the control line carries it."""

from typing import Any

from productify.domain import Done


def done_dict(done: Done) -> dict[str, Any]:
    """Return what a step was, and the days that it touched."""
    return {
        "kind": str(done.kind),
        "count": done.count,
        "days": [day.isoformat() for day in done.days],
        "kept": done.kept,
    }
