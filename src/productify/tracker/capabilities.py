"""What several probes see of one thing, said once."""

from collections.abc import Iterable

from productify.domain import Capability, Health


def merged(seen: Iterable[Capability]) -> tuple[Capability, ...]:
    """Return one capability for each key, in order: it works where all parts do, and is missing where none does."""
    parts: dict[str, list[Capability]] = {}
    for each in seen:
        parts.setdefault(each.key, []).append(each)
    return tuple(_whole(group) for group in parts.values())


def _whole(parts: list[Capability]) -> Capability:
    if len(parts) == 1:
        return parts[0]
    lacking = [each for each in parts if each.health is not Health.WORKS]
    backends = [each.backend for each in parts if each.health is not Health.MISSING]
    health = Health.DEGRADED if lacking else Health.WORKS
    return Capability(
        parts[0].key,
        parts[0].title,
        health if backends else Health.MISSING,
        ", ".join(backends) or "none",
        " ".join(dict.fromkeys(each.detail for each in lacking)),
        " ".join(dict.fromkeys(each.fix for each in lacking)),
    )
