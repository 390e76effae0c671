"""The face of an app: its own icon, else a tile with a symbol or its first letter."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round

_GLYPHS = (
    (("terminal", "konsole", "kitty", "alacritty", "xterm", "tilix", "console", "powershell"), "square-terminal"),
    (("firefox", "chrom", "edge", "safari", "brave", "vivaldi", "opera", "browser"), "globe"),
    (("mail", "thunderbird", "outlook"), "mail"),
    (("git",), "git-branch"),
    (("slack", "discord", "mattermost", "element", "irc"), "hash"),
    (("zoom", "meet", "teams", "webex", "jitsi"), "video"),
    (("code", "studio", "pycharm", "intellij", "vim", "emacs", "sublime"), "code-xml"),
    (("figma", "inkscape", "gimp", "krita", "sketch", "penpot"), "pen-tool"),
    (("notion", "writer", "word", "docs", "obsidian", "editor"), "file-text"),
    (("files", "nautilus", "dolphin", "thunar", "explorer", "finder"), "folder"),
    (("youtube", "netflix", "vlc", "mpv", "video", "twitch"), "play"),
    (("spotify", "music", "rhythmbox"), "music"),
    (("news",), "newspaper"),
    (("calendar",), "calendar"),
    (("settings", "preferences"), "settings"),
)


@dataclass(frozen=True, slots=True)
class Face:
    """How an app, a site or a state looks: `icon` if the desktop has one, else `glyph`, else the name's letter."""

    name: str
    glyph: str | None = None
    icon: QIcon | None = None
    quiet: bool = False
    """Drawn in the colours of the surface: for states, which are no apps."""


def glyph_for(name: str) -> str | None:
    """Return the name of a symbol that suits what an app's name says it is."""
    lower = name.casefold()
    return next((glyph for words, glyph in _GLYPHS if any(word in lower for word in words)), None)


def paint_face(painter: QPainter, look: Look, face: Face, rect: QRectF) -> None:
    """Draw a face into a square."""
    theme = look.theme
    if face.icon is not None and not face.icon.isNull():
        face.icon.paint(painter, QRect(rect.toAlignedRect()))
        return
    radius = rect.width() * theme.metric("tile.radius")
    fill_round(painter, rect, radius, theme.colour("track") if face.quiet else theme.tile(face.name))
    tone = theme.colour("text-secondary" if face.quiet else "on-accent")
    if face.glyph:
        side = round(rect.width() * theme.metric("tile.glyph"))
        area = QRectF(0, 0, side, side)
        area.moveCenter(rect.center())
        look.icons.paint(painter, face.glyph, tone, area, theme.metric("tile.stroke"))
        return
    font = QFont(theme.font("card-title"))
    font.setPixelSize(max(8, round(rect.width() * 0.5)))
    painter.setFont(font)
    painter.setPen(tone)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, face.name[:1].upper())


class Tile(Painted):
    """A face as a widget; `size` names one of the tile sizes."""

    def __init__(self, look: Look, size: str = "size.app-tile", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._size = size
        self._face = Face("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_face(self, face: Face) -> None:
        """Show another face."""
        if face != self._face:
            self._face = face
            self.setAccessibleName(face.name)
            self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        paint_face(painter, self.look, self._face, QRectF(self.rect()))
        painter.end()
