"""What a strict session does not let go: in one place, so that it can be told in one sentence."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from productify.domain import BlockList, ListMode, TargetKind
from productify.errors import KnownError
from productify.settings import BY_KEY, Settings, Value


def _switched_off(_old: Value, new: Value) -> bool:
    return not new


def _raised(old: Value, new: Value) -> bool:
    return isinstance(old, int) and isinstance(new, int) and new > old


WEAKENING: Mapping[str, Callable[[Value, Value], bool]] = MappingProxyType(
    {
        "tracking_enabled": _switched_off,
        "track_urls": _switched_off,
        "browser_extension": _switched_off,
        "focus_passes": _raised,
        "focus_pass_seconds": _raised,
    }
)
"""The settings that a strict session holds, and which changes of them would weaken it."""


def refuse_weakening(old: Settings, new: Settings, key: str, ends: str) -> None:
    """Raise KnownError where the change of `key` would weaken a strict session that ends at `ends` (on the wall)."""
    weakens = WEAKENING.get(key)
    if weakens is not None and weakens(old.get(key), new.get(key)):
        raise KnownError(f"“{BY_KEY[key].title}” cannot be changed so in strict mode.", f"The session ends {ends}.")


def refuse_rule(lists: Iterable[BlockList], before: Iterable[str | None], after: str | None, ends: str) -> None:
    """Raise KnownError where a list blocks one of the categories `before` and would not block `after`."""
    for each in lists:
        named = {target.value for target in each.targets if target.kind is TargetKind.CATEGORY}
        is_blocking = each.mode is ListMode.BLOCK
        if (after in named) is not is_blocking and any((category in named) is is_blocking for category in before):
            raise KnownError(
                f"The list “{each.name}” blocks this category, and strict mode holds it.",
                f"The session ends {ends}. Until then change single activities only.",
            )


def no_early_end(ends: str, emergency: str | None) -> KnownError:
    """Return what is said to somebody who wants to end a strict session; `emergency` is when there is one again."""
    way = (
        "In an emergency: productify focus emergency, once in seven days."
        if emergency is None
        else f"The emergency end was used; there is one again {emergency}."
    )
    return KnownError(f"Strict mode: this session ends {ends}.", way)


def on_the_wall(moment: datetime, now: datetime) -> str:
    """Return a moment as people say it: "at 17:32", or with its day where that is not today's."""
    local = moment.astimezone(now.tzinfo)
    same_day = local.date() == now.date()
    return f"at {local:%H:%M}" if same_day else f"on {local:%Y-%m-%d at %H:%M}"
