"""What a person calls the app behind a window, and where its icon is."""

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from productify.tracker.classify import shipped_catalogue
from productify.tracker.desktop_entries import DesktopEntries, Entry
from productify.tracker.interpreters import is_interpreter, script_of

_GENERIC = frozenset({"tk", "toplevel", "main", "java", "sun-awt-x11-xframepeer", "electron", "python", "python3", ""})
"""Class names that toolkits give to whatever runs on them."""

_REVERSED_DOMAIN = re.compile(r"^(?:org|com|net|io|dev|de|app|im|me)\.[\w-]+\.(?:[\w-]+\.)*(?P<last>[\w-]+)$")
_CACHED = 512


@dataclass(frozen=True, slots=True)
class Identity:
    """An app: what people call it, its id (that of its desktop file, else its class or program), and its program."""

    app_name: str
    app_id: str | None
    exe: str | None = None
    script: str | None = None


class Identities:
    """Names windows by class and process; remembers what it found."""

    def __init__(self, entries: DesktopEntries, proc: Path = Path("/proc")) -> None:
        self._entries = entries
        self._proc = proc
        self._known: dict[tuple[tuple[str, str], int | None], Identity] = {}

    def of(self, wm_class: tuple[str, str], pid: int | None) -> Identity:
        """Return whose window it is with `wm_class` (instance, class) of process `pid`."""
        key = (wm_class, pid)
        if (known := self._known.get(key)) is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            known = self._known[key] = self._found(wm_class, pid)
        return known

    def icon_of(self, app_id: str) -> str | None:
        """Return the icon's name or absolute path for an app id that `of` gave, None where none is known."""
        entry = self._entries.by_id(app_id) or self._entries.by_class(app_id)
        return entry.icon if entry is not None else None

    def _found(self, wm_class: tuple[str, str], pid: int | None) -> Identity:
        exe, arguments = self._process(pid)
        script = script_of(exe, arguments) if exe else None
        entry = self._entry(wm_class, exe, script)
        if entry is not None:
            return Identity(entry.name, entry.id, exe, script)
        named = next((name for name in reversed(wm_class) if name.lower() not in _GENERIC), None)
        program = script or (Path(exe).name if exe else None)
        if named is not None and not is_interpreter(named):
            return Identity(_display_name(named), named, exe, script)
        if program is not None:
            return Identity(_display_name(program), program, exe, script)
        plain = next((name for name in reversed(wm_class) if name), None)
        return Identity(_display_name(plain) if plain else "Unknown app", plain, exe, script)

    def _entry(self, wm_class: tuple[str, str], exe: str | None, script: str | None) -> Entry | None:
        for name in reversed(wm_class):
            if name.lower() not in _GENERIC and (entry := self._entries.by_class(name)) is not None:
                return entry
        program = script or (Path(exe).name if exe else None)
        return self._entries.by_program(program) if program and not is_interpreter(program) else None

    def _process(self, pid: int | None) -> tuple[str | None, list[str]]:
        if pid is None:
            return None, []
        try:
            exe = os.readlink(self._proc / str(pid) / "exe").removesuffix(" (deleted)")
            arguments = (self._proc / str(pid) / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        except OSError:  # another user's process, or one that is gone
            return None, []
        return exe, [os.fsdecode(argument) for argument in arguments]


def _display_name(name: str) -> str:
    """Return a technical name the way people write it."""
    if (shipped := shipped_catalogue().display_names.get(name.casefold())) is not None:
        return shipped
    if (reverse := _REVERSED_DOMAIN.match(name)) is not None:
        name = reverse["last"]
    stem = re.sub(r"\.(py|pyw|exe|sh|jar|js|rb|pl|bin|AppImage)$", "", name)
    words = [word for word in re.split(r"[-_\s]+", stem) if word]
    return " ".join(word if any(c.isupper() for c in word) else word[:1].upper() + word[1:] for word in words) or name


@lru_cache(maxsize=1)
def shared_identities() -> Identities:
    """Return the one that knows this machine's desktop files."""
    return Identities(DesktopEntries.of_environment(os.environ))


def icon_of(app_id: str) -> str | None:
    """Return the icon's name or absolute path for an app id, None where the desktop knows none."""
    return shared_identities().icon_of(app_id)
