"""What can be tracked on this desktop, found out without recording."""

from productify.clock import SystemClock
from productify.service.commands import capability_dict
from productify.tracker.choose import examine as examine_probes


async def examine() -> list[dict[str, str]]:
    """Return each capability of this desktop with its backend, health and fix, as the running app tells it."""
    return [capability_dict(each) for each in await examine_probes(SystemClock())]
