"""Focus sessions as use cases: what runs, what it blocks, when it begins by itself, what came of it."""

from productify.service.focusing.focusing import Focusing

__all__ = ["Focusing"]
