"""Pictures that say something."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "JetBrainsMono-Regular.ttf"


def picture_saying(text: str, at: tuple[int, int] = (200, 100), kind: str = "WEBP") -> bytes:
    """Return a dark picture file of 1000 x 500 pixels with a light text in it."""
    picture = Image.new("RGB", (1000, 500), (24, 26, 32))
    ImageDraw.Draw(picture).text(at, text, font=ImageFont.truetype(str(FONT), 20), fill=(210, 215, 225))
    out = io.BytesIO()
    picture.save(out, kind, quality=60)
    return out.getvalue()
