"""The desktop files of this machine, found by window class, by id and by program (freedesktop.org desktop entries)."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Self

from productify.tracker.interpreters import is_interpreter, script_of
from productify.tracker.probe import Environment

_FLATPAK = "/var/lib/flatpak/exports/share"
_SNAP = "/var/lib/snapd/desktop"
_KEYS = frozenset({"Type", "Icon", "Exec", "StartupWMClass", "NoDisplay", "Hidden"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One app as its desktop file describes it; `program` is the name of what it starts."""

    id: str
    name: str
    icon: str | None
    wm_class: str | None
    program: str | None
    is_shown: bool
    is_plain: bool
    """Whether it starts its program without arguments of its own: the app itself rather than a part of it."""


class DesktopEntries:
    """All desktop files below `folders`, the first folder winning; read again when one of them changed."""

    def __init__(self, folders: Sequence[Path], languages: Sequence[str] = ()) -> None:
        self._folders = tuple(folders)
        self._languages = tuple(languages)
        self._stamp: tuple[float, ...] | None = None
        self._by_id: dict[str, Entry] = {}
        self._by_class: dict[str, Entry] = {}
        self._by_program: dict[str, Entry] = {}

    @classmethod
    def of_environment(cls, environment: Environment) -> Self:
        """Return the entries of the XDG folders, with names in the user's language."""
        home = environment.get("XDG_DATA_HOME") or f"{environment.get('HOME', '')}/.local/share"
        system = (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
        shares = [home, *system, f"{home}/flatpak/exports/share", _FLATPAK, _SNAP]
        folders = [Path(share) / "applications" for share in dict.fromkeys(shares) if share]
        return cls(folders, languages_of(environment))

    def by_id(self, app_id: str) -> Entry | None:
        """Return the entry with this id (its file's name without `.desktop`), any case."""
        self._refresh()
        return self._by_id.get(app_id.lower())

    def by_class(self, name: str) -> Entry | None:
        """Return the entry whose windows have the class or instance `name`, as declared or by its id."""
        self._refresh()
        key = name.lower()
        return self._by_class.get(key) or self._by_id.get(key) or self._by_id.get(_last_part(key))

    def by_program(self, program: str) -> Entry | None:
        """Return the entry that starts `program`."""
        self._refresh()
        return self._by_program.get(program.lower())

    def _refresh(self) -> None:
        stamp = tuple(_changed(folder) for folder in self._folders)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        self._by_id, self._by_class, self._by_program = {}, {}, {}
        entries = list(self._entries())
        for entry in entries:
            self._by_id.setdefault(entry.id.lower(), entry)
        for entry in sorted(entries, key=lambda each: (not each.is_shown, not each.is_plain)):
            self._by_id.setdefault(_last_part(entry.id.lower()), entry)
            if entry.wm_class:
                self._by_class.setdefault(entry.wm_class.lower(), entry)
            if entry.program and not is_interpreter(entry.program):
                self._by_program.setdefault(entry.program.lower(), entry)

    def _entries(self) -> Iterator[Entry]:
        seen: set[str] = set()
        for folder in self._folders:
            for file in sorted(folder.rglob("*.desktop")):
                entry_id = "-".join(file.relative_to(folder).parts).removesuffix(".desktop")
                if entry_id in seen:
                    continue
                seen.add(entry_id)
                if (entry := _read(file, entry_id, self._languages)) is not None:
                    yield entry


def languages_of(environment: Environment) -> tuple[str, ...]:
    """Return the user's message locales as desktop files write them, the nearest first; none for C."""
    value = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    plain, _, modifier = value.partition("@")
    locale = plain.partition(".")[0]
    language = locale.partition("_")[0]
    if language in ("", "C", "POSIX"):
        return ()
    with_modifier = [f"{locale}@{modifier}", f"{language}@{modifier}"] if modifier else []
    return tuple(dict.fromkeys([*with_modifier[:1], locale, *with_modifier[1:], language]))


def _read(file: Path, entry_id: str, languages: Sequence[str]) -> Entry | None:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    names = {"Name": ""}
    values: dict[str, str] = {}
    for key, value in _main_group(text.splitlines()):
        if key == "Name" or key.startswith("Name["):
            names[key] = value
        elif key in _KEYS:
            values.setdefault(key, value)
    name = next((names[f"Name[{lang}]"] for lang in languages if names.get(f"Name[{lang}]")), names["Name"])
    if values.get("Type", "Application") != "Application" or values.get("Hidden") == "true" or not name:
        return None
    program, is_plain = _program(values.get("Exec", ""))
    return Entry(
        id=entry_id,
        name=name,
        icon=values.get("Icon") or None,
        wm_class=values.get("StartupWMClass") or None,
        program=program,
        is_shown=values.get("NoDisplay") != "true",
        is_plain=is_plain,
    )


def _main_group(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    inside = False
    for line in lines:
        if line.startswith("["):
            if inside:
                return
            inside = line.strip() == "[Desktop Entry]"
        elif inside and not line.startswith("#") and "=" in line:
            key, _, value = line.partition("=")
            yield key.strip(), value.strip()


def _program(command: str) -> tuple[str | None, bool]:
    """Return the name of the program that an Exec line starts, and whether it does so without further arguments."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = command.split()
    if words and PurePath(words[0]).name == "env":
        words = [word for word in words[1:] if "=" not in word]
    if not words:
        return None, False
    script = script_of(words[0], [word for word in words if not word.startswith("%")])
    return script or PurePath(words[0]).name, script is not None or all(word.startswith("%") for word in words[1:])


def _last_part(entry_id: str) -> str:
    return entry_id.rpartition(".")[2]


def _changed(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
