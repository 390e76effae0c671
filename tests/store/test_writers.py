"""All writing goes through the store's session: a statement past it would be told to nobody."""

import re
from pathlib import Path

import productify

SOURCE = Path(productify.__file__).parent
DOOR = {"store/database.py", "store/migrate.py"}
PAST_THE_SESSION = re.compile(
    r"""\.(writer|reader)\.(begin|connect)\(   # a connection of its own
      | create_(async_)?engine\(
      | exec_driver_sql\( | executescript\( | \.driver_connection\b
      | \btext\(\s*["']\s*(insert|update|delete|replace|drop|create|alter)\b
      | aiosqlite\.connect\(
    """,
    re.IGNORECASE | re.VERBOSE,
)
READ_ONLY = re.compile(r"sqlite3\.connect\((?![^\n]*mode=ro)")


def test_no_module_writes_past_the_session() -> None:
    modules = {str(path.relative_to(SOURCE)): path.read_text("utf-8") for path in SOURCE.rglob("*.py")}
    assert modules.keys() > DOOR
    for module in modules.keys() - DOOR:
        for search in (PAST_THE_SESSION, READ_ONLY):
            assert not search.search(modules[module]), (module, search.search(modules[module]))


def test_the_search_finds_what_it_looks_for() -> None:
    for code in (
        "async with db.writer.begin() as c:", 'session.execute(text("DELETE FROM activities"))', "c.exec_driver_sql(x)",
    ):  # fmt: skip
        assert PAST_THE_SESSION.search(code)
    assert READ_ONLY.search("sqlite3.connect(path)")
    assert not READ_ONLY.search('sqlite3.connect(f"file:{path}?mode=ro", uri=True)')
