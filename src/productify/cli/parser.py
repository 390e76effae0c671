"""The words that each command understands."""

import argparse
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path
from typing import NoReturn, TypeAlias, TypeVar

from productify import __version__

# argparse has no public name for what add_subparsers returns
Commands: TypeAlias = "argparse._SubParsersAction[OneLineParser]"
N = TypeVar("N", int, float)
FORMATS = ("json", "csv", "activitywatch")
GROUPS = ("app", "site", "category", "title", "productivity")


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line; the whole usage is shown when it is asked for."""

    def error(self, message: str) -> NoReturn:
        """Exit with 2."""
        self.exit(2, f"productify: {message} (see {self.prog} --help)\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command; the window runs the bare one and `picture` itself."""
    whole = OneLineParser(
        "productify",
        description="Without a command: the app. Times are local; the day begins at the hour set in the settings.",
    )
    whole.add_argument("--version", action="version", version=f"Productify Pro {__version__}")
    _common(whole)
    whole.add_argument("--minimized", action="store_true", help="start in the tray, without opening the window")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    _recording(commands)
    _focus(commands)
    _breaks(commands)
    _reading(commands)
    _data(commands)
    _editing(commands)
    _command(commands, "gnome-extension", "install what tells GNOME's window in front, where GNOME runs on Wayland")
    _command(commands, "remove", "take away what the app has put on this system; your data stay")
    _browsers(commands)
    picture = _command(commands, "picture", "render a view of the data folder off screen")
    picture.add_argument("view")
    picture.add_argument("--theme", choices=("dark", "light"), default="dark")
    picture.add_argument("--size", default="1440x900", metavar="WxH")
    picture.add_argument("--now", type=_moment, metavar="TIME", help="the moment to show, ISO 8601")
    picture.add_argument(
        "--select", type=_time, metavar="HH:MM", help="select what was in front then (timeline, screenshots)"
    )
    picture.add_argument("--out", type=Path, required=True, metavar="FILE.png")
    return whole


def _common(part: argparse.ArgumentParser, default: object = None) -> None:
    part.add_argument("--data-dir", metavar="DIR", default=default, help="the folder that holds everything")
    part.add_argument("--verbose", action="store_true", default=default or False, help="say more on stderr")


def _command(commands: Commands, name: str, say: str) -> OneLineParser:
    part = commands.add_parser(name, help=say, description=say[0].upper() + say[1:] + ".")
    _common(part, argparse.SUPPRESS)
    return part


def _recording(commands: Commands) -> None:
    track = _command(commands, "track", "record without a window until Ctrl-C or SIGTERM")
    track.add_argument("--for", dest="seconds", type=_seconds, metavar="SECONDS", help="stop by itself")
    pause = _command(commands, "pause", "pause the running app")
    pause.add_argument("minutes", nargs="?", type=_pause, metavar="MINUTES|tomorrow", help="without it: until resumed")
    _command(commands, "resume", "end the pause; incognito stays as it is")
    _command(commands, "incognito", "switch incognito on or off in the running app")
    _command(commands, "quit", "end the running app")


def _breaks(commands: Commands) -> None:
    part = _command(commands, "break", "take, put off or skip a break, or see when one is due")
    part.add_argument("verb", nargs="?", choices=("status", "start", "snooze", "skip"), default="status")
    part.add_argument("--json", action="store_true", help="as JSON")


def _focus(commands: Commands) -> None:
    verbs = _command(commands, "focus", "start, steer and end a focus session").add_subparsers(
        dest="verb", metavar="VERB", required=True
    )
    start = _command(verbs, "start", "start a session and what it blocks")
    start.add_argument("--minutes", type=_session_minutes, metavar="N", help="1 to 720; without it: as set")
    start.add_argument("--title", metavar="T")
    start.add_argument("--project", metavar="P")
    start.add_argument("--list", dest="lists", nargs="+", metavar="NAME", help="without it: as the time before")
    start.add_argument("--no-block", dest="lists", action="store_const", const=[], help="block nothing")
    start.add_argument("--pomodoro", action="store_true", help="four times 25 minutes, with breaks")
    start.add_argument("--strict", action="store_true", help="cannot be paused or ended early")
    for verb, say in (
        ("pause", "pause the session; nothing is blocked meanwhile"),
        ("resume", "go on with it"),
        ("stop", "end it"),
        ("emergency", "end a strict session early, once in seven days"),
        ("release", "lift blocks that have expired or whose session is gone"),
    ):
        _command(verbs, verb, say)
    more = _command(verbs, "extend", "make the running stretch longer")
    more.add_argument("minutes", nargs="?", type=_session_minutes, default=5, metavar="N", help="5 without it")
    status = _command(verbs, "status", "the session that runs")
    status.add_argument("--json", action="store_true", help="as JSON")
    _common(verbs.add_parser("hold"), argparse.SUPPRESS)  # for the unit that starts the app again; not for people


def _reading(commands: Commands) -> None:
    for name, say in (
        ("status", "what is being recorded, and today's sums"),
        ("summary", "where the time went"),
        ("activities", "every recorded activity"),
        ("screenshots", "every stored screenshot, and where its file lies"),
        ("doctor", "what can be tracked on this desktop, and how to mend the rest"),
    ):
        part = _command(commands, name, say)
        part.add_argument("--json", action="store_true", help="as JSON")
        part.add_argument("--day", metavar="D", help="2026-11-19, today or yesterday")
        part.add_argument("--from", dest="first", metavar="D")
        part.add_argument("--to", dest="last", metavar="D")
        if name == "summary":
            part.add_argument("--by", choices=GROUPS, default="app")
    search = _command(commands, "search", "find a title, app, site or note; app: category: and last tuesday narrow it")
    search.add_argument("words", nargs="+", metavar="WORD")
    search.add_argument("--json", action="store_true", help="as JSON")
    search.add_argument("--limit", type=_hits, default=50, metavar="N")


def _data(commands: Commands) -> None:
    export = _command(commands, "export", "write everything recorded to a file")
    export.add_argument("--format", choices=FORMATS, required=True)
    export.add_argument("file", type=Path)
    _command(commands, "import", "read an export of Productify Pro or ActivityWatch").add_argument("file", type=Path)
    _command(commands, "backup", "write a copy of the database, without the screenshots").add_argument(
        "file", type=Path
    )
    _command(commands, "restore", "put a backup back; today's database is kept beside it").add_argument(
        "file", type=Path
    )
    _command(commands, "check", "look for damage and contradictions in the database")
    demo = _command(commands, "demo", "fill an empty data folder with believable days")
    demo.add_argument("--days", type=_days, default=30)
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--per-day", type=_many, default=300, metavar="N", help="activities on a working day")
    demo.add_argument("--shots", type=_pictured, default=2, metavar="N", help="the last days that get screenshots; 2")
    demo.add_argument("--until", type=_moment, metavar="TIME", help="the moment the data ends at, ISO 8601; now")


def _browsers(commands: Commands) -> None:
    part = _command(
        commands, "browser-extension", "write the browser extension into a folder, to install it from there"
    )
    part.add_argument("--out", type=Path, default=Path("productify-extension"), metavar="DIR", help="the folder")
    does = part.add_mutually_exclusive_group()
    does.add_argument("--pair", action="store_true", help="let the running app show a code for the extension")
    does.add_argument("--list", action="store_true", help="name the browsers that are paired with the running app")
    does.add_argument("--forget", metavar="ID", help="end the pairing of a browser, by its id in the list")
    does.add_argument("--leaks", action="store_true", help="tell which browser profiles blocked sites can be seen in")


def _editing(commands: Commands) -> None:
    add = _command(commands, "add", "enter what a time was: '9:10-9:40 call with bank', or '45m call' up to now")
    add.add_argument("entry", nargs="+", metavar="ENTRY")
    add.add_argument("--day", metavar="D", help="2026-11-19, today or yesterday")
    _command(commands, "undo", "undo the newest correction of the record")
    _command(commands, "redo", "make the correction anew that was undone last")


def _moment(text: str) -> datetime:
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if 1970 <= moment.year <= 9000:
            return moment.astimezone()
    raise argparse.ArgumentTypeError(f"{text!r} is no moment; write it as 2026-11-19T14:30")


def _time(text: str) -> time:
    with suppress(ValueError):
        return time.fromisoformat(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no time of day; write it as 14:30")


def _between(kind: Callable[[str], N], low: N, high: N, say: str) -> Callable[[str], N]:
    """Return the reader of a number from `low` to `high`; `say` is what people read of any other."""

    def read(text: str) -> N:
        try:
            value = kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(say) from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(say)
        return value

    return read


_seconds = _between(float, 0.001, 1e9, "a positive number of seconds is needed")
_minutes = _between(int, 1, 100_000, "1 to 100000 minutes, or the word tomorrow, is needed")
_session_minutes = _between(int, 1, 720, "1 to 720 minutes are possible")
_days = _between(int, 1, 20_000, "1 to 20000 days are possible")
_many = _between(int, 10, 20_000, "10 to 20000 activities are possible")
_pictured = _between(int, 0, 1000, "0 to 1000 days are possible")
_hits = _between(int, 1, 1000, "1 to 1000 hits are possible")


def _pause(text: str) -> int | str:
    return text if text == "tomorrow" else _minutes(text)
