"""What can be jumped to: each source makes entries, the palette shows those that fit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from productify.domain import Findings, FocusState, Hit, Mode, Period, PeriodKind
from productify_ui.pages import PageSpec
from productify_ui.text import formats
from productify_ui.text.focus import focus_words
from productify_ui.text.palette import palette_words as say
from productify_ui.text.words import words
from productify_ui.tracking_actions import TrackingActions
from productify_ui.views.context import Place, ViewContext
from productify_ui.widgets.news import News
from productify_ui.widgets.tile import Face

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from productify.service import Service

_LENGTHS = (25, 50, 90, 120)
_LIGHT_TO_DARK = {"light": "dark", "dark": "light"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to choose: under the heading `group`, with an icon or a face, and what choosing it does.

    `narrows` is the text that the field holds afterwards, where choosing it only narrows the search.
    """

    group: str
    title: str
    act: Callable[[], object]
    detail: str = ""
    trailing: str = ""
    icon: str = ""
    face: Face | None = None
    narrows: str = ""


class Sources:
    """Makes the entries for a typed line."""

    def __init__(self, context: ViewContext, actions: TrackingActions, pages: Iterable[PageSpec]) -> None:
        self._context = context
        self._actions = actions
        self._pages = tuple(pages)

    def at_once(self, typed: str) -> list[Entry]:
        """Return the pages and commands that fit; all of them while nothing is typed."""
        return [entry for entry in (*self._page_entries(), *self._commands()) if fits(typed, entry.title)]

    def found(self, findings: Findings) -> list[Entry]:
        """Return entries for what the record answered."""
        days = [self._day_entry(findings.days)] if findings.days else []
        return [*days, *(self._app(*app) for app in findings.apps), *(self._hit(hit) for hit in findings.hits)]

    def _page_entries(self) -> list[Entry]:
        return [
            Entry(say.pages, spec.title(), self._opening(spec.key), trailing=spec.keys, icon=spec.icon)
            for spec in self._pages
        ]

    def _opening(self, key: str) -> Callable[[], None]:
        return lambda: self._context.open_page(key)

    def _commands(self) -> list[Entry]:
        actions, paused = self._actions, self._actions.mode is Mode.PAUSED
        pausing = (
            [(words.resume_tracking, "play", actions.resume)]
            if paused
            else [
                (say.pause_15, "pause", actions.pause_15),
                (say.pause_60, "pause", actions.pause_60),
                (say.pause_tomorrow, "moon", actions.pause_tomorrow),
                (say.pause_forever, "pause", actions.pause_forever),
            ]
        )
        chosen: list[tuple[str, str, Callable[[], object]]] = [
            *self._focus_commands(),
            *pausing,
            (say.incognito, "hat-glasses", actions.toggle_incognito),
            (say.switch_theme, "sun", self._switch_theme),
            (say.undo, "undo-2", lambda: self._turn(lambda service: service.editing.undo(), say.undone)),
            (say.redo, "redo-2", lambda: self._turn(lambda service: service.editing.redo(), say.redone)),
        ]
        return [Entry(say.commands, title, act, icon=icon) for title, icon, act in chosen]

    def _focus_commands(self) -> list[tuple[str, str, Callable[[], object]]]:
        actions, now = self._context.focus_actions, self._context.focus.now
        parts: list[tuple[str, str, Callable[[], object]]] = [
            (focus_words.history, "history", self._opening("focus/history")),
            (focus_words.schedule_named, "calendar", self._opening("focus/schedule")),
            (focus_words.lists, "shield", self._opening("focus/lists")),
        ]
        if now is None:
            lengths = dict.fromkeys((actions.usual_minutes, *_LENGTHS))
            starts = [(minutes, partial(actions.start_for, minutes)) for minutes in lengths]
            named = focus_words.palette_start
            rest = (focus_words.take_break, "coffee", actions.take_break)
            return [*((named.format(minutes=minutes), "timer", act) for minutes, act in starts), rest, *parts]
        paused = now.state is FocusState.PAUSED
        return [
            (focus_words.palette_end, "square", actions.ask_end),
            (focus_words.tray_resume if paused else focus_words.tray_pause, "play" if paused else "pause",
             actions.toggle_pause),
            (focus_words.palette_more, "plus", actions.extend),
            *parts,
        ]  # fmt: skip

    def _switch_theme(self) -> None:
        other = _LIGHT_TO_DARK[self._context.theme.name]
        self._context.bridge.start(self._context.preferences.save("theme", other))

    def _turn(self, work: "Callable[[Service], Coroutine[Any, Any, object]]", done: str) -> None:
        async def turn() -> None:
            await self._context.bridge.call(work)
            self._context.tell(News(done, tone="success", icon="circle-check"))

        self._context.bridge.start(turn())

    def _day_entry(self, period: Period) -> Entry:
        page = "timeline" if period.kind is PeriodKind.DAY else "dashboard"
        title = (
            formats.long_day(period.first) if period.day_count == 1 else formats.days_range(period.first, period.last)
        )
        return Entry(say.days, title, lambda: self._context.go_to(Place(page, period)), icon="calendar")

    def _app(self, name: str, app_id: str | None) -> Entry:
        face = self._context.faces.of(name, app_id)
        narrowed = f'app:"{name}" '
        return Entry(say.apps, say.everything_in.format(app=name), lambda: None, face=face, narrows=narrowed)

    def _hit(self, hit: Hit) -> Entry:
        place = Place("timeline", Period.around(PeriodKind.DAY, hit.day), hit.first_start)
        return Entry(
            say.record,
            hit.app_name if hit.title or not hit.note else hit.note,
            lambda: self._context.go_to(place),
            detail=hit.title or hit.site or "",
            trailing=f"{_days_of(hit)} · {formats.duration(hit.milliseconds)}",
            face=self._context.faces.of(hit.site or hit.app_name, hit.app_id),
        )


def fits(typed: str, title: str) -> bool:
    """Return whether every word typed begins a word of the title."""
    parts = title.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in typed.casefold().split())


def _days_of(hit: Hit) -> str:
    day = formats.day(hit.day)
    if hit.days == 1:
        return say.one_day.format(day=day)
    if hit.days == 2:
        return say.and_another.format(day=day)
    return say.many_days.format(day=day, count=hit.days - 1)
