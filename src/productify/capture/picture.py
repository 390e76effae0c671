"""What is done to the pixels of a screen: covering, blurring, making small, encoding."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageDraw

from productify.domain import Rect

_WIDEST = {"low": 1280, "medium": 1920, "high": 0}
_WEBP = {"low": 50, "medium": 55, "high": 75}
_JPEG = {"low": 60, "medium": 70, "high": 85}
_WEBP_EFFORT = 0
"""Method 0 costs a third of the time of the default for a tenth more bytes."""
_THUMBNAIL = (480, 300)
_THUMBNAIL_QUALITY = 75
_BLURRED_WIDTH = 24
_COVER = (32, 36, 44)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file's content, and the size in pixels of the picture in it."""

    data: bytes
    width: int
    height: int


def from_bgrx(raw: bytes | bytearray, width: int, height: int) -> Image.Image:
    """Return the picture of a screen as X11 and Windows hand it over: four bytes a pixel, blue first."""
    return Image.frombuffer("RGB", (width, height), raw, "raw", "BGRX", 0, 1)


def decoded(data: bytes) -> Image.Image:
    """Return the picture in a file's content; raises OSError where it is damaged."""
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


def covered(picture: Image.Image, boxes: Iterable[Rect]) -> Image.Image:
    """Return a copy with a plain colour over each box (in its pixels); what was below is in it no more."""
    copy = picture.copy()
    draw = ImageDraw.Draw(copy)
    for left, top, width, height in boxes:
        draw.rectangle((left, top, left + width - 1, top + height - 1), fill=_COVER)
    return copy


def blurred(picture: Image.Image) -> Image.Image:
    """Return the picture in its size, from 24 pixels of width: shapes stay, nothing can be read or brought back."""
    height = max(1, round(_BLURRED_WIDTH * picture.height / picture.width))
    tiny = picture.resize((_BLURRED_WIDTH, height), Image.Resampling.BOX)
    return tiny.resize(picture.size, Image.Resampling.BICUBIC)


def encoded(picture: Image.Image, kind: str, quality: str) -> Encoded:
    """Return it as the settings `screenshot_format` and `screenshot_quality` want it, never larger than it is."""
    widest = _WIDEST[quality]
    if widest and picture.width > widest:
        height = max(1, round(picture.height * widest / picture.width))
        picture = picture.resize((widest, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
    out = io.BytesIO()
    if kind == "jpeg":
        picture.save(out, "JPEG", quality=_JPEG[quality])
    else:
        picture.save(out, "WEBP", quality=_WEBP[quality], method=_WEBP_EFFORT)
    return Encoded(out.getvalue(), picture.width, picture.height)


def thumbnail(picture: Image.Image) -> bytes:
    """Return a JPEG of at most 480 x 300 pixels: it decodes in a fraction of a WebP's time."""
    small = picture.copy()
    small.thumbnail(_THUMBNAIL, Image.Resampling.BILINEAR, reducing_gap=2.0)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_THUMBNAIL_QUALITY)
    return out.getvalue()
