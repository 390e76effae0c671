"""A dark code editor, drawn as one looks on a screen: what pictures of it are compared by is tested on it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(__file__).parents[2] / "resources" / "fonts"
_BACK, _BAR, _GUTTER = "#1e1e2e", "#181825", "#6c7086"
_INKS = ("#cdd6f4", "#89b4fa", "#a6e3a1", "#f9e2af", "#cba6f7")
_CODE = Path(__file__).parents[2].joinpath("src", "productify", "settings.py").read_text().splitlines()


@dataclass(frozen=True)
class Editor:
    """What the editor shows: from which line on, whether its caret is lit, and a line that was edited (row, text)."""

    size: tuple[int, int] = (1920, 1080)
    first: int = 0
    caret: bool = False
    edited: tuple[int, str] | None = None
    clock: str = "12:30"

    def raw(self) -> bytes:
        """Return the screen as X11 hands it over."""
        return self.picture().convert("RGB").tobytes("raw", "BGRX")

    def picture(self) -> Image.Image:
        """Return the screen."""
        screen = Image.new("RGB", self.size, _BACK)
        draw, font = ImageDraw.Draw(screen), _font(14)
        draw.rectangle((0, 0, self.size[0], 30), fill=_BAR)
        draw.text((12, 7), "settings.py", fill=_INKS[0], font=font)
        draw.text((self.size[0] - 70, 7), self.clock, fill=_INKS[0], font=font)
        for row in range((self.size[1] - 40) // 19):
            number = self.first + row
            text = self.edited[1] if self.edited and self.edited[0] == row else _CODE[number % len(_CODE)]
            draw.text((12, 40 + row * 19), f"{number:4}", fill=_GUTTER, font=font)
            draw.text((70, 40 + row * 19), text, fill=_INKS[number % len(_INKS)], font=font)
        if self.caret:
            draw.rectangle((300, 40 + 20 * 19, 301, 40 + 20 * 19 + 17), fill=_INKS[0])
        return screen


@lru_cache(maxsize=2)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(next(_FONTS.rglob("JetBrainsMono*Regular*")), size)
