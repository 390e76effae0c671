"""What the made-up person's screens look like: drawn, the same for the same seed; no real page and no real people."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1920, 1080

Colour = tuple[int, int, int]
_INK, _DIM, _FAINT, _PAPER = (32, 34, 40), (120, 126, 138), (205, 210, 218), (250, 250, 248)
_NIGHT, _DUSK, _LINE, _PALE = (24, 26, 32), (33, 36, 44), (52, 57, 68), (214, 218, 226)
_CODE: tuple[Colour, ...] = (
    (126, 176, 245), (196, 158, 245), (154, 206, 120), (232, 190, 110), (214, 218, 226), (112, 200, 205),
)  # fmt: skip
_BRIGHT: tuple[Colour, ...] = (
    (232, 168, 56), (88, 182, 132), (84, 142, 224), (198, 92, 128), (150, 110, 220), (226, 122, 84),
)  # fmt: skip
_PASTEL: tuple[Colour, ...] = ((221, 214, 252), (206, 230, 247), (253, 228, 200), (212, 240, 220), (250, 216, 226))
_TEXT = (
    "the order of writes decides what a crash can take a reader sees one unchanging state and waits for nobody small "
    "pages are copied when the log is long enough each morning we compare what was planned with what was done keep "
    "notes short and near the work the harbour was built in three years of stone and oak measure twice before moving "
    "a wall colours carry meaning only where shape does so too most delays come from waiting not from doing"
)
_WORDS = _TEXT.split()
_NAMES = ("queue", "batch", "retry", "window", "cursor", "offset", "merge", "delay", "brush", "lane", "total", "steps")
_KEYWORDS = ("def", "return", "for", "if", "async", "with", "class", "yield", "await", "else")
_PEOPLE = ("Robin", "Kim", "Alex", "Sam", "Jo", "Charlie")


class Screen(StrEnum):
    """What is to be seen."""

    EDITOR = "editor"
    TERMINAL = "terminal"
    ARTICLE = "article"
    DESIGN = "design"
    CHAT = "chat"
    SHEET = "sheet"
    SLIDES = "slides"
    VIDEO = "video"


_BY_APP = {
    "VS Code": Screen.EDITOR, "Terminal": Screen.TERMINAL, "Slack": Screen.CHAT, "Thunderbird": Screen.CHAT,
    "Inkscape": Screen.DESIGN, "LibreOffice Writer": Screen.ARTICLE, "Zoom": Screen.SLIDES, "Steam": Screen.VIDEO,
    "Files": Screen.SHEET, "Anki": Screen.SLIDES,
}  # fmt: skip
_BY_ADDRESS = {
    "youtube.com": Screen.VIDEO, "figma.com": Screen.DESIGN, "linear.app": Screen.SHEET,
    "atlassian.net": Screen.SHEET, "etsy.com": Screen.DESIGN,
}  # fmt: skip

_BESIDE = (Screen.TERMINAL, Screen.ARTICLE, Screen.SHEET, Screen.CHAT)


def screen_of(app_name: str, url: str | None) -> Screen:
    """Return what an app's window, or a page in a browser, looks like."""
    for part, screen in _BY_ADDRESS.items():
        if url and part in url:
            return screen
    return _BY_APP.get(app_name, Screen.ARTICLE)


def screen_beside(variant: int) -> Screen:
    """Return what a second monitor shows."""
    return _BESIDE[variant % len(_BESIDE)]


def draw(screen: Screen, seed: str) -> Image.Image:
    """Return a screen of 1920 x 1080 pixels."""
    board = _Board(Random(f"{screen} {seed}"))
    _PAINTERS[screen](board)
    return board.image


@cache
def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)


@dataclass(slots=True, init=False)
class _Board:
    """A screen that is being drawn."""

    random: Random
    image: Image.Image
    pen: ImageDraw.ImageDraw

    def __init__(self, random: Random) -> None:
        self.random = random
        self.image = Image.new("RGB", (WIDTH, HEIGHT), _NIGHT)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, left: int, top: int, width: int, height: int, colour: Colour, round_by: int = 0) -> None:
        """Fill a rectangle."""
        area = (left, top, left + width - 1, top + height - 1)
        if round_by:
            self.pen.rounded_rectangle(area, round_by, fill=colour)
        else:
            self.pen.rectangle(area, fill=colour)

    def text(self, left: int, top: int, words: str, colour: Colour, size: int = 17) -> int:
        """Write and return where the words end."""
        self.pen.text((left, top), words, fill=colour, font=_font(size))
        return left + int(_font(size).getlength(words))

    def words(self, count: int) -> str:
        """Return some words."""
        begin = self.random.randrange(len(_WORDS))
        return " ".join(_WORDS[(begin + number) % len(_WORDS)] for number in range(count))

    def sentence(self, count: int) -> str:
        """Return some words as a sentence."""
        return self.words(count).capitalize() + "."

    def name(self) -> str:
        """Return a name as programs use them."""
        return "_".join(self.random.sample(_NAMES, self.random.choice((1, 1, 2))))


def _editor(board: _Board) -> None:
    random = board.random
    board.box(0, 0, 300, HEIGHT, _DUSK)
    for line in range(24):
        board.text(28 + 18 * random.choice((0, 1, 1, 2)), 70 + 40 * line, f"{board.name()}.py", _DIM, 20)
    board.box(300, 0, WIDTH - 300, 44, _DUSK)
    board.box(300, 0, 190, 44, _NIGHT)
    board.text(330, 11, f"{board.name()}.py", _PALE)
    depth = 0
    for line in range(28):
        top = 62 + 35 * line
        board.text(330, top + 2, f"{line + 12:>3}", _LINE, 21)
        if random.random() < 0.12:
            depth = 0
            continue
        left = 395 + 54 * depth
        for word in _statement(board):
            left = board.text(left, top, word, random.choice(_CODE), 26) + 13
        depth = max(0, min(4, depth + random.choice((-1, 0, 0, 1))))
    for line in range(150):
        board.box(1800, 54 + 6 * line, random.randrange(8, 90), 2, _LINE)
    board.box(0, HEIGHT - 26, WIDTH, 26, (38, 104, 178))


def _statement(board: _Board) -> list[str]:
    random = board.random
    if random.random() < 0.15:
        return ["#", *board.words(random.randrange(3, 9)).split()]
    names = [board.name() for _ in range(random.randrange(1, 5))]
    return [random.choice(_KEYWORDS), *names[:1], *(f"({name})" for name in names[1:]), ":"][: random.randrange(2, 7)]


def _terminal(board: _Board) -> None:
    random = board.random
    board.box(0, 0, WIDTH, 40, _DUSK)
    board.text(880, 10, "~/src", _DIM)
    for line in range(26):
        top = 62 + 38 * line
        if random.random() < 0.22:
            left = board.text(30, top, "~/src $", _CODE[2], 26)
            board.text(left + 12, top, f"make {board.name()}", (255, 255, 255), 26)
        else:
            left = board.text(30, top, f"{random.randrange(60):02}.{random.randrange(1000):03}", _DIM, 26)
            colour = random.choice((_DIM, _PALE, _PALE, _CODE[2], _CODE[3]))
            board.text(left + 18, top, board.words(random.randrange(3, 13)), colour, 26)


def _browser(board: _Board, address: str) -> None:
    """Draw a browser's frame over a white page."""
    board.box(0, 0, WIDTH, HEIGHT, _PAPER)
    board.box(0, 0, WIDTH, 84, (226, 229, 235))
    board.box(14, 8, 260, 34, _PAPER, 8)
    board.text(34, 15, board.words(3).capitalize(), _INK, 16)
    board.box(160, 48, 1400, 30, _PAPER, 15)
    board.text(184, 53, address, _DIM, 16)


def _article(board: _Board) -> None:
    random = board.random
    _browser(board, "docs.example.org/reference")
    board.text(420, 130, board.words(5).capitalize(), _INK, 44)
    top = 220
    while top < 1000:
        kind = random.random()
        if kind < 0.15:
            board.text(420, top + 10, board.words(3).capitalize(), _INK, 28)
            top += 64
        elif kind < 0.3:
            board.box(420, top, 1080, 112, (236, 241, 246), 8)
            for line in range(3):
                board.text(446, top + 14 + 30 * line, f"{board.name()} = {board.name()}({board.name()})", (40, 92, 140))
            top += 136
        else:
            for _line in range(random.randrange(2, 6)):
                board.text(420, top, board.words(11), (62, 66, 76), 24)
                top += 37
            top += 22


def _design(board: _Board) -> None:
    random = board.random
    _browser(board, "design.example.org/flows")
    board.box(0, 84, WIDTH, HEIGHT - 84, (236, 237, 240))
    for left in (0, WIDTH - 260):
        board.box(left, 84, 260, HEIGHT - 84, _PAPER)
        for line in range(20):
            board.text(left + 26 + 14 * random.choice((0, 1)), 120 + 40 * line, board.words(2), _DIM, 16)
    chosen = random.randrange(3)
    for number in range(3):
        left = 360 + 410 * number
        if number == chosen:
            board.box(left - 4, 196, 358, 648, (92, 148, 236), 18)
        board.box(left, 200, 350, 640, (255, 255, 255), 16)
        board.text(left + 30, 230, board.words(2).capitalize(), _INK, 26)
        board.box(left + 30, 290, 290, 220, random.choice(_PASTEL), 12)
        for line in range(4):
            board.box(left + 30, 540 + 34 * line, random.randrange(120, 280), 12, _FAINT, 6)
        board.box(left + 30, 760, 290, 48, (88, 76, 214), 10)
        board.text(left + 130, 773, "Continue", (255, 255, 255))


def _chat(board: _Board) -> None:
    random = board.random
    board.box(0, 0, WIDTH, HEIGHT, (255, 255, 255))
    board.box(0, 0, 330, HEIGHT, (44, 58, 82))
    for line in range(18):
        board.text(40, 80 + 44 * line, f"# {random.choice(_NAMES)}", (178, 188, 206), 18)
    board.text(370, 24, f"# {random.choice(_NAMES)}", _INK, 26)
    for line in range(9):
        top = 100 + 98 * line
        board.box(370, top, 52, 52, random.choice(_BRIGHT), 12)
        board.text(444, top, random.choice(_PEOPLE), _INK, 23)
        board.text(550, top + 5, f"{9 + line % 8}:{random.randrange(60):02}", _DIM, 15)
        board.text(444, top + 32, board.sentence(random.randrange(4, 14)), (62, 66, 76), 23)
    board.box(370, 1000, 1500, 56, (240, 242, 245), 10)


def _sheet(board: _Board) -> None:
    random = board.random
    board.box(0, 0, WIDTH, HEIGHT, (255, 255, 255))
    board.box(0, 0, WIDTH, 56, (38, 120, 84))
    board.text(28, 16, board.words(3).capitalize(), (255, 255, 255), 22)
    for row in range(33):
        top = 96 + 30 * row
        board.box(0, top, WIDTH, 1, (224, 227, 232))
        board.text(18, top + 6, str(row + 1), _DIM, 15)
        board.text(80, top + 6, board.words(2), _INK, 16)
        for column in range(9):
            board.text(420 + 165 * column, top + 4, f"{random.randrange(90_000) / 10:,.1f}", (62, 66, 76), 20)
    for column in range(10):
        board.box(60 + 340 * min(column, 1) + 165 * max(0, column - 1), 56, 1, HEIGHT - 56, (224, 227, 232))


def _slides(board: _Board) -> None:
    random = board.random
    board.box(0, 0, WIDTH, HEIGHT, (44, 46, 54))
    for number in range(6):
        board.box(30, 60 + 164 * number, 250, 142, _PAPER, 6)
        board.box(50, 84 + 164 * number, 140, 12, _DIM)
    board.box(330, 90, 1540, 866, _PAPER, 8)
    board.text(430, 170, board.words(4).capitalize(), _INK, 60)
    for line in range(4):
        board.box(440, 326 + 90 * line, 16, 16, random.choice(_BRIGHT), 8)
        board.text(480, 314 + 90 * line, board.words(5).capitalize(), (72, 76, 86), 32)
    for number in range(6):
        high = random.randrange(60, 420)
        board.box(1290 + 84 * number, 860 - high, 54, high, _BRIGHT[number % len(_BRIGHT)], 6)


def _video(board: _Board) -> None:
    random = board.random
    sky, hill = random.choice(
        (((44, 28, 66), (104, 52, 124)), ((24, 44, 70), (46, 92, 120)), ((70, 40, 34), (142, 74, 52)))
    )
    board.box(60, 70, 1260, 709, sky)
    board.pen.ellipse((880, 170, 1000, 290), fill=(240, 172, 92))
    left = 60
    for _hill in range(4):
        wide, high = random.randrange(360, 560), random.randrange(160, 380)
        top = (min(left + wide // 2, 1320), 779 - high)
        board.pen.polygon([(left, 779), top, (min(left + wide, 1320), 779)], fill=hill)
        left += wide * 2 // 3
    board.box(60, 770, random.randrange(200, 1100), 9, (226, 62, 62))
    board.text(60, 808, board.words(6).capitalize(), _PALE, 30)
    board.text(60, 860, board.sentence(12), _DIM, 19)
    for number in range(7):
        board.box(1380, 70 + 132 * number, 200, 112, random.choice(_BRIGHT), 8)
        board.text(1600, 80 + 132 * number, board.words(3).capitalize(), _PALE, 18)
        board.text(1600, 112 + 132 * number, board.words(2), _DIM, 16)


_PAINTERS: dict[Screen, Callable[[_Board], None]] = {
    Screen.EDITOR: _editor, Screen.TERMINAL: _terminal, Screen.ARTICLE: _article, Screen.DESIGN: _design,
    Screen.CHAT: _chat, Screen.SHEET: _sheet, Screen.SLIDES: _slides, Screen.VIDEO: _video,
}  # fmt: skip
