"""The rows of apps, sites and categories, rounded so that they add up to what is shown above them."""

from collections.abc import Sequence

from productify.domain import Share
from productify_ui.text import formats
from productify_ui.text.dashboard import dashboard as say
from productify_ui.text.words import words
from productify_ui.views.live import Categories, Faces
from productify_ui.widgets.bar_list import ShareRow
from productify_ui.widgets.chart_card import Table
from productify_ui.widgets.donut import Slice


def share_rows(shares: Sequence[Share], categories: Categories, faces: Faces) -> list[ShareRow]:
    """Return rows with bars, the greatest filling its row."""
    greatest = max((share.milliseconds for share in shares), default=0) or 1
    rows = []
    for share, time in zip(shares, _times(shares), strict=True):
        category = categories.name(share.category)
        spoken = say.row_name.format(
            name=share.name, category=category, duration=formats.spoken_duration(share.milliseconds)
        )
        fraction = share.milliseconds / greatest
        face = faces.of(share.name, None if share.is_site else share.app_id)
        rows.append(ShareRow(share.name, time, spoken, category, fraction, share.band, face))
    return rows


def category_rows(shares: Sequence[Share], categories: Categories) -> list[ShareRow]:
    """Return rows with squares in the categories' colours."""
    rows = []
    for share, time in zip(shares, _times(shares), strict=True):
        name = categories.name(share.category)
        spoken = f"{name}, {formats.spoken_duration(share.milliseconds)}"
        rows.append(ShareRow(name, time, spoken, colour=categories.colour(share.category)))
    return rows


def slices(shares: Sequence[Share], categories: Categories) -> list[Slice]:
    """Return the slices of the donut."""
    return [Slice(share.milliseconds, categories.colour(share.category)) for share in shares]


def donut_name(shares: Sequence[Share], categories: Categories) -> str:
    """Return what the donut says to a screen reader."""
    said = (f"{categories.name(share.category)} {formats.duration(share.milliseconds)}" for share in shares)
    return say.donut_name.format(parts=", ".join(said))


def share_table(shares: Sequence[Share], categories: Categories) -> Table:
    """Return apps and sites as a table."""
    times = _times(shares)
    rows = tuple((share.name, categories.name(share.category), time) for share, time in zip(shares, times, strict=True))
    return Table((words.name_column, words.category_column, words.time_column), rows, texts=2)


def category_table(shares: Sequence[Share], categories: Categories) -> Table:
    """Return categories as a table."""
    times = _times(shares)
    rows = tuple((categories.name(share.category), time) for share, time in zip(shares, times, strict=True))
    return Table((words.category_column, words.time_column), rows)


def rest_text(shares: Sequence[Share], shown: int) -> str:
    """Return what is not in view: `6 more · 1h 15m`, in the minutes that its rows would show."""
    hidden = len(shares) - shown
    if hidden <= 0:
        return ""
    minutes = formats.shown_minutes([share.milliseconds for share in shares])
    rest = sum(share.milliseconds for share in shares[shown:])
    return say.more_items.format(count=hidden, duration=formats.minutes_text(sum(minutes[shown:]), rest))


def _times(shares: Sequence[Share]) -> list[str]:
    parts = [share.milliseconds for share in shares]
    return [
        formats.minutes_text(minutes, part) for minutes, part in zip(formats.shown_minutes(parts), parts, strict=True)
    ]
