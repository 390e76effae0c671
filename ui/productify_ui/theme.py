"""The theme in use: colours, type, sizes and motion, and how Qt gets to know them."""

import colorsys
import zlib
from functools import cached_property
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from productify_ui import tokens
from productify_ui.paths import resources_dir

CHOICES = ("dark", "light", "system")
_TABULAR = QFont.Tag("tnum")
_LOADED: set[Path] = set()


class Theme(QObject):
    """What everything that paints asks; `changed` tells that all of it may have changed.

    `choice` is dark, light or system; `text_scale` is in percent, `motion` is system, full or reduced.
    """

    changed = Signal()

    def __init__(self, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._text_scale = 100
        self._motion = "system"
        self._patterns = False
        self._sheet: str | None = None
        self._clear()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def name(self) -> str:
        """`dark` or `light`: the one in use."""
        if self._choice != "system":
            return self._choice
        light = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
        return "light" if light else "dark"

    @property
    def choice(self) -> str:
        """What was chosen: dark, light or system."""
        return self._choice

    @property
    def text_scale(self) -> int:
        """The text size in percent."""
        return self._text_scale

    @property
    def motion(self) -> str:
        """What was chosen: system, full or reduced."""
        return self._motion

    @property
    def patterns(self) -> bool:
        """Whether charts tell their parts apart by pattern as well as by colour."""
        return self._patterns

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing may move by itself."""
        return self._motion == "reduced" or (self._motion == "system" and not _system_animates())

    def choose(
        self,
        choice: str | None = None,
        text_scale: int | None = None,
        motion: str | None = None,
        patterns: bool | None = None,
    ) -> None:
        """Change what is given and tell once, if it made a difference."""
        before = self._state()
        self._choice = choice if choice in CHOICES else self._choice
        self._text_scale = text_scale or self._text_scale
        self._motion = motion or self._motion
        self._patterns = self._patterns if patterns is None else patterns
        if self._state() != before:
            self._tell()

    def bring_fonts(self) -> None:
        """Make the bundled fonts known before something is written; an icon in the tray does without them."""
        if load_fonts():
            self._tell()

    def colour(self, name: str) -> QColor:
        """Return the colour of a role; an unknown one raises KeyError."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(self._palette.colours[name])
        return found

    def category(self, colour: str | None) -> tokens.CategoryTones:
        """Return the colours of a category by its colour's name; None and unknown ones get those of utilities."""
        tones = self._palette.categories
        return tones.get(colour or "", tones["utilities"])

    def ramp(self, name: str) -> tuple[QColor, ...]:
        """Return the steps of a heat ramp, weakest first."""
        return tuple(QColor(step) for step in self._palette.ramps[name])

    def shadow(self, name: str) -> tuple[tokens.ShadowLayer, ...]:
        """Return the layers of the shadow of `card` or `popup`."""
        return self._palette.shadows[name]

    def tile(self, name: str) -> QColor:
        """Return the muted colour of the tile of an app that has no icon; the same name gets the same hue."""
        first, span = self.px("tile.hue-first"), self.px("tile.hue-span")
        hue = (first + zlib.crc32(name.casefold().encode()) % span) % 360 / 360
        red, green, blue = colorsys.hls_to_rgb(hue, self.metric("tile.lightness"), self.metric("tile.saturation"))
        return QColor.fromRgbF(red, green, blue)

    def font(self, role: str) -> QFont:
        """Return the font of a type role, at the chosen text size; shared, so copy it before changing it."""
        found = self._fonts.get(role)
        if found is None:
            found = self._fonts[role] = self._make_font(tokens.metrics().roles[role])
        return found

    def font_metrics(self, role: str) -> QFontMetricsF:
        """Return the metrics of a type role's font."""
        found = self._metrics.get(role)
        if found is None:
            found = self._metrics[role] = QFontMetricsF(self.font(role))
        return found

    def line(self, role: str) -> int:
        """Return the line height of a type role, in logical pixels."""
        return round(tokens.metrics().roles[role].line * self.text_factor)

    @property
    def text_factor(self) -> float:
        """How much larger than designed text is shown."""
        return self._text_scale / 100

    def metric(self, name: str) -> float:
        """Return a number of the tokens, as `table.key`; an unknown one raises KeyError."""
        return tokens.metrics().numbers[name]

    def px(self, name: str) -> int:
        """Return a size in whole logical pixels."""
        return round(self.metric(name))

    def scaled(self, name: str) -> int:
        """Return a size that holds text: it grows with the chosen text size, and never shrinks."""
        return round(self.metric(name) * max(self.text_factor, 1.0))

    def duration(self, name: str) -> int:
        """Return how long a motion takes in milliseconds; 0 where motion is reduced."""
        return 0 if self.reduced_motion else self.px(f"motion.{name}")

    def apply(self, app: QApplication) -> None:
        """Give the application this theme's style, palette and font."""
        app.setStyle(QStyleFactory.create("Fusion"))
        self.dress(app)

    def dress(self, app: QApplication) -> None:
        """Renew palette and font after a change; style sheets go to the few widgets that Qt paints (Look.dress)."""
        app.setPalette(self.qt_palette())
        app.setFont(self.font("body"))

    def qt_palette(self) -> QPalette:
        """Return a palette of the theme's colours, for what Qt paints by itself."""
        palette = QPalette()
        for role, name in _PALETTE_ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text-disabled"))
        return palette

    def style_sheet(self) -> str:
        """Return the style sheet with the theme's values put in."""
        if self._sheet is None:
            self._sheet = _Sheet(self._sheet_template).substitute(_SheetValues(self))
        return self._sheet

    @cached_property
    def _sheet_template(self) -> str:
        return (resources_dir() / "style.qss").read_text(encoding="utf-8")

    def _make_font(self, role: tokens.TypeRole) -> QFont:
        font = QFont()
        font.setFamilies(list(role.families))
        size = role.size * self.text_factor
        font.setPixelSize(max(1, round(size)))
        font.setWeight(QFont.Weight(role.weight))
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, role.tracking * size)
        font.setFeature(_TABULAR, 1)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _state(self) -> tuple[str, str, int, str, bool]:
        return self._choice, self.name, self._text_scale, self._motion, self._patterns

    def _clear(self) -> None:
        self._palette = tokens.palette(self.name)
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        self._sheet = None

    def _tell(self) -> None:
        self._clear()
        self.changed.emit()

    @Slot()
    def _system_changed(self) -> None:
        if self._choice == "system":
            self._tell()


class _Sheet(Template):
    """A template whose names are those of the tokens: `${text-primary}`, `${radius.card}`."""

    braceidpattern = r"[a-z][a-z0-9.\-]*"
    idpattern = r"(?!)"


class _SheetValues(dict[str, str]):
    """Looks a name up among the colours, then among the sizes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def __missing__(self, name: str) -> str:
        if name == "icons":
            return (resources_dir() / "icons").as_posix()
        if "." in name:
            return f"{self._theme.px(name)}px"
        return self._theme.colour(name).name()


_PALETTE_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text-primary",
    QPalette.ColorRole.Base: "surface-sunken",
    QPalette.ColorRole.AlternateBase: "surface",
    QPalette.ColorRole.Text: "text-primary",
    QPalette.ColorRole.PlaceholderText: "text-tertiary",
    QPalette.ColorRole.Button: "surface-raised",
    QPalette.ColorRole.ButtonText: "text-primary",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.ToolTipBase: "surface-raised",
    QPalette.ColorRole.ToolTipText: "text-primary",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.Link: "accent-text",
    QPalette.ColorRole.LinkVisited: "accent-text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "surface-raised",
    QPalette.ColorRole.Mid: "hairline-strong",
    QPalette.ColorRole.Dark: "hairline",
    QPalette.ColorRole.Shadow: "shadow",
}


def load_fonts() -> bool:
    """Make the bundled fonts known to Qt, once the application was made; return whether they were not yet."""
    new = [file for file in sorted((resources_dir() / "fonts").glob("*.?tf")) if file not in _LOADED]
    for file in new:
        QFontDatabase.addApplicationFont(str(file))
    _LOADED.update(new)
    return bool(new)


def _system_animates() -> bool:
    return bool(QApplication.isEffectEnabled(Qt.UIEffect.UI_General)) or _unknown_effects()


def _unknown_effects() -> bool:
    """Platforms without a desktop theme report no effects at all, which tells nothing about motion."""
    return not any(QApplication.isEffectEnabled(effect) for effect in Qt.UIEffect)
