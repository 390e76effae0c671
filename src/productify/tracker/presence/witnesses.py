"""Everything that shows somebody without input, and what it comes to."""

from productify.settings import Settings
from productify.tracker.face import Face
from productify.tracker.front import Front
from productify.tracker.presence.judge import in_call, judged
from productify.tracker.probe import Sign
from productify.tracker.vouching import Vouched


class Witnesses:
    """Keeps the newest signs of each source; `vouched` is what they came to when they were weighed last."""

    def __init__(self) -> None:
        self.vouched = Vouched()
        self._signs: dict[str, frozenset[Sign]] = {}

    def hear(self, source: str, signs: frozenset[Sign]) -> None:
        """Take note of all that a source sees now."""
        self._signs[source] = signs

    def in_call(self, front: Front, face: Face | None) -> bool:
        """Return whether somebody is in a call."""
        return in_call(front.window, face.category if face is not None else None, self._all())

    def weigh(self, front: Front, face: Face | None, settings: Settings) -> Vouched | None:
        """Judge anew what vouches for somebody in front of what is there; None where nothing changed."""
        signs = [*front.sounds(), *self._all()]
        vouched = judged(front.window, face.category if face is not None else None, signs, settings)
        if vouched == self.vouched:
            return None
        self.vouched = vouched
        return vouched

    def _all(self) -> list[Sign]:
        return [sign for seen in self._signs.values() for sign in seen]
