"""The values of the visual language, as they stand in resources/themes."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from productify_ui.paths import resources_dir

THEMES = ("dark", "light")


@dataclass(frozen=True, slots=True)
class CategoryTones:
    """The colours of one category, as #RRGGBB: its mark, its timeline block in three states, text on the mark."""

    fill: str
    block: str
    block_hover: str
    block_filtered: str
    label_on_fill: str


@dataclass(frozen=True, slots=True)
class ShadowLayer:
    """One layer of a shadow: offset and blur in logical pixels, opacity of the shadow colour."""

    x: float
    y: float
    blur: float
    opacity: float


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one theme, by role."""

    colours: dict[str, str]
    categories: dict[str, CategoryTones]
    ramps: dict[str, tuple[str, ...]]
    shadows: dict[str, tuple[ShadowLayer, ...]]


@dataclass(frozen=True, slots=True)
class TypeRole:
    """How one kind of text is set; size and line height in logical pixels, tracking in em."""

    families: tuple[str, ...]
    size: float
    line: float
    weight: int
    tracking: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """Type, and every number by `table.key`: sizes in logical pixels, times in milliseconds."""

    roles: dict[str, TypeRole]
    numbers: dict[str, float]


@cache
def palette(theme: str) -> Palette:
    """Return the colours of `dark` or `light`."""
    data = _read(f"{theme}.toml")
    return Palette(
        colours=data["colour"],
        categories={key: _tones(value) for key, value in data["category"].items()},
        ramps={key: tuple(value) for key, value in data["ramp"].items()},
        shadows={key: tuple(ShadowLayer(*layer) for layer in value) for key, value in data["shadow"].items()},
    )


@cache
def metrics() -> Metrics:
    """Return the sizes, times and type roles."""
    data = _read("metrics.toml")
    families = data.pop("family")
    roles = {name: _role(value, families) for name, value in data.pop("type").items()}
    numbers = {f"{table}.{key}": float(value) for table, values in data.items() for key, value in values.items()}
    return Metrics(roles, numbers)


def _read(name: str) -> dict[str, Any]:
    path: Path = resources_dir() / "themes" / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _tones(value: dict[str, str]) -> CategoryTones:
    return CategoryTones(**{key.replace("-", "_"): colour for key, colour in value.items()})


def _role(value: dict[str, Any], families: dict[str, list[str]]) -> TypeRole:
    return TypeRole(
        families=tuple(families[value["family"]]),
        size=value["size"],
        line=value["line"],
        weight=value["weight"],
        tracking=value["tracking_em"],
    )
