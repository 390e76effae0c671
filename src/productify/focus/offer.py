"""The hours in which somebody focuses best, by what they did so far."""

from collections.abc import Mapping

from productify.domain import FocusOffer

HOURS = 2
"""Clock hours that an offer is long."""

_EARLIEST, _LATEST = 5, 23 - HOURS
_LEAST_DAYS = 2
"""Days that a weekday must have been seen, or it says nothing."""

_LEAST_SHARE = 0.3
_NEARLY_AS_GOOD = 0.75
_HOUR = 3_600_000


def best(focused: Mapping[tuple[int, int], int], days: Mapping[int, int]) -> FocusOffer | None:
    """Return the two hours with the most focus on the most weekdays, None where there were hardly any.

    `focused` is milliseconds by (weekday, clock hour), `days` how many of each weekday were seen.
    """
    offers = (_at(hour, focused, days) for hour in range(_EARLIEST, _LATEST + 1))
    found = [offer for offer in offers if offer is not None]
    return max(found, key=lambda offer: (offer.share * len(offer.weekdays), -offer.start), default=None)


def _at(hour: int, focused: Mapping[tuple[int, int], int], days: Mapping[int, int]) -> FocusOffer | None:
    shares = {
        weekday: sum(focused.get((weekday, hour + n), 0) for n in range(HOURS)) / (count * HOURS * _HOUR)
        for weekday, count in days.items()
        if count >= _LEAST_DAYS
    }
    least = max(_LEAST_SHARE, _NEARLY_AS_GOOD * max(shares.values(), default=0.0))
    good = {weekday: share for weekday, share in shares.items() if share >= least}
    if not good:
        return None
    share = round(100 * sum(good.values()) / len(good))
    return FocusOffer(frozenset(good), hour * 60, HOURS * 60, min(share, 100))
