"""What an interpreter runs: the script is the app, not the language it is written in."""

import re
from collections.abc import Sequence
from pathlib import PurePath

_INTERPRETER = re.compile(
    r"^(?:python|pypy|node|nodejs|deno|bun|java|ruby|perl|lua|luajit|php|electron|gjs|mono|guile|wish|tclsh"
    r"|sh|bash|dash|zsh|fish|ksh|wine|wine64|wine64-preloader|wine-preloader)[\d.-]*$",
    re.IGNORECASE,
)
_TAKES_VALUE = frozenset({"-W", "-X", "-Q", "-I", "-r", "--require", "-cp", "-classpath", "--class-path", "-p"})
_NO_SCRIPT = frozenset({"-c", "-e", "--eval", "-"})
_SUFFIX = re.compile(r"\.(?:py|pyw|pyc|js|mjs|cjs|rb|pl|lua|php|jar|sh|tcl|asar|exe)$", re.IGNORECASE)
_ENTRY_POINTS = frozenset({"__main__", "main", "index", "app", "run", "start", "cli"})
"""File names that say nothing: the folder's name does."""


def is_interpreter(program: str) -> bool:
    """Return whether `program` (a name, not a path) runs other programs."""
    return _INTERPRETER.match(program) is not None


def script_of(exe: str, arguments: Sequence[str]) -> str | None:
    """Return the name of what the interpreter at `exe` runs by `arguments` (the first is itself), None otherwise."""
    program = PurePath(exe).name
    if not is_interpreter(program):
        return None
    rest = list(arguments[1:])
    while rest:
        argument = rest.pop(0)
        if argument in _NO_SCRIPT:
            return None
        if argument in ("-m", "-jar") and rest:
            return _name(rest[0])
        if argument in _TAKES_VALUE and rest:
            rest.pop(0)
        elif not argument.startswith("-"):
            return _class_name(argument) if program.startswith("java") else _name(argument)
    return None


def _name(script: str) -> str | None:
    path = PurePath(script.replace("\\", "/"))
    stem = _SUFFIX.sub("", path.name)
    if stem.lower() not in _ENTRY_POINTS:
        return stem or None
    folders = [
        part for part in reversed(path.parts[:-1]) if part.lower() not in ("resources", "src", "bin", "lib", "/")
    ]
    return folders[0] if folders else stem


def _class_name(main_class: str) -> str:
    return main_class.rpartition(".")[2]
