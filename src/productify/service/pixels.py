"""Stored pictures as pixels, unpacked where nobody waits for it."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from productify.errors import KnownError

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as rows of four bytes a pixel: blue, green, red, and one that says nothing."""

    width: int
    height: int
    data: bytes


async def unpacked(encoded: bytes, width: int, height: int) -> tuple[Pixels, Pixels]:
    """Return the picture in a file's content, and the same one scaled to lie within `width` and `height` pixels.

    It is done in a thread, by a library that lets others run meanwhile. Raises KnownError where it is damaged.
    """
    return await asyncio.to_thread(_unpacked, encoded, width, height)


def _unpacked(encoded: bytes, width: int, height: int) -> tuple[Pixels, Pixels]:
    from PIL import Image

    from productify.capture.picture import decoded

    try:
        whole = decoded(encoded)
    except OSError as error:
        raise KnownError("This screenshot cannot be shown: its file is damaged.") from error
    scale = min(width / whole.width, height / whole.height)
    size = max(1, round(whole.width * scale)), max(1, round(whole.height * scale))
    fitted = whole.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return _pixels(whole), _pixels(fitted)


def _pixels(picture: "Image.Image") -> Pixels:
    return Pixels(picture.width, picture.height, picture.tobytes("raw", "BGRX"))
