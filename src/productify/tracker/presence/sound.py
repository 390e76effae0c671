"""Who plays and who records, as the sound server tells: PulseAudio, or PipeWire in its place."""

import asyncio
from collections.abc import Mapping
from typing import Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.tracker.presence.later import Later
from productify.tracker.presence.pulse import PulseConnection, Stream
from productify.tracker.probe import Environment, Listener, Sign, SignKind, SignsSeen

SOURCE = "sound server"
_SETTLED = 3.0
"""Seconds that a stream must last: a sound that only tells of something is no sign of anybody."""

_METERS = frozenset({"org.pulseaudio.pavucontrol", "org.gnome.volumecontrol", "org.kde.plasma-pa"})
_NAMES = (
    "application.name",
    "application.process.binary",
    "application.id",
    "pipewire.access.portal.app_id",
    "node.name",
)


class Sound:
    """Tells which apps play something audible, and which use a microphone; asks only when something changed."""

    def __init__(self, environment: Environment, settled: float = _SETTLED) -> None:
        self._environment = environment
        self._settled = settled
        self._later = Later(self._look, SOURCE)
        self._pulse = PulseConnection(self._later.soon)
        self._listener: Listener | None = None
        self._since: dict[tuple[SignKind, int], float] = {}

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return that any desktop may have a sound server; its socket tells."""
        return 10

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the sound server that `environment` leads to."""
        return cls(environment)

    async def start(self, listener: Listener) -> None:
        """Connect, look and listen; raises UnavailableError."""
        await self._pulse.open(self._environment)
        self._listener = listener
        await self._look()

    async def lost(self) -> None:
        """Return when the sound server is gone."""
        await self._pulse.ended()

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        await self._later.stop()
        await self._pulse.close()

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that calls and sound are heard of."""
        return (Capability("presence", "Calls and videos", Health.WORKS, SOURCE),)

    async def _look(self) -> None:
        found = {(SignKind.SOUND, each.index): each for each in await self._pulse.playing() if is_audible(each)}
        for each in await self._pulse.recording():
            if is_app(each) and not await self._pulse.is_monitor(each.source or 0):
                found[SignKind.MICROPHONE, each.index] = each
        now = asyncio.get_running_loop().time()
        self._since = {key: self._since.get(key, now) for key in found}
        young = [now - since for since in self._since.values() if now - since < self._settled]
        if young:
            self._later.soon(self._settled - max(young))
        lasting = [(kind, each) for (kind, _), each in found.items() if now - self._since[kind, _] >= self._settled]
        if self._listener is not None:
            self._listener(SignsSeen(SOURCE, frozenset(_sign(kind, each) for kind, each in lasting)))


def is_audible(stream: Stream) -> bool:
    """Return whether an app plays something that can be heard."""
    return stream.running and not stream.muted and is_filterless(stream.properties)


def is_app(stream: Stream) -> bool:
    """Return whether an app listens, and not a level meter or a filter; PipeWire names what hears an output."""
    properties = stream.properties
    return (
        stream.running
        and stream.resampler != "peaks"
        and properties.get("media.name", "").casefold() != "peak detect"
        and properties.get("application.id", "").casefold() not in _METERS
        and "true" not in (properties.get("stream.monitor"), properties.get("stream.capture.sink"))
        and is_filterless(properties)
    )


def is_filterless(properties: Mapping[str, str]) -> bool:
    """Return whether a stream is an app's own, and no loop or effect between others."""
    return "node.link-group" not in properties and properties.get("media.category") != "Filter"


def _sign(kind: SignKind, stream: Stream) -> Sign:
    names = frozenset(name.casefold() for key in _NAMES if (name := stream.properties.get(key)))
    pid = stream.properties.get("application.process.id", "")
    return Sign(kind, names, int(pid) if pid.isdecimal() else None)
