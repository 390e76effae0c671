"""The database is what the reference document says, on SQLite and on PostgreSQL."""

import re
import textwrap
import warnings
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import selectinload

from productify.store import schema
from store.conftest import Store

DOCUMENT = (Path(__file__).parent / "database-schema.md").read_text("utf-8")

PHYSICAL = {
    "UUID (string)": ("VARCHAR(36)", "VARCHAR(36)"),
    "Text": ("TEXT", "TEXT"),
    "Boolean": ("BOOLEAN", "BOOLEAN"),
    "Integer": ("INTEGER", "INTEGER"),
    "Float": ("FLOAT", "DOUBLE PRECISION"),
    "JSON": ("JSON", "JSON"),
    "DateTime": ("INTEGER", "TIMESTAMP WITH TIME ZONE"),
}
"""What the reference's types are on SQLite and on PostgreSQL; String(n) is VARCHAR(n) on both."""


@dataclass(slots=True)
class Documented:
    """One table of the document: (type, nullable) and description by column, indexes as (name, columns, unique)."""

    columns: dict[str, tuple[str, bool]] = field(default_factory=dict)
    foreign_keys: dict[str, str] = field(default_factory=dict)
    indexes: list[tuple[str | None, tuple[str, ...], bool]] = field(default_factory=list)


def parsed(document: str) -> dict[str, Documented]:
    """Return every table that the document describes."""
    tables: dict[str, Documented] = {}
    for section in re.split(r"^### ", document, flags=re.MULTILINE)[1:]:
        name = section.split("\n", 1)[0].strip()
        rows = re.findall(r"^\| (\w+) \| ([^|]+) \| (Yes|No) \| ([^|]*) \|$", section, flags=re.MULTILINE)
        if rows:
            tables[name] = table(name, rows, section)
    return tables


def table(name: str, rows: list[tuple[str, ...]], section: str) -> Documented:
    """Return one table from its rows and the list of its indexes."""
    found = Documented()
    for column, kind, nullable, description in rows:
        found.columns[column] = (kind.strip(), nullable == "Yes")
        if target := re.match(r"Foreign key to (\w+)", description):
            found.foreign_keys[column] = target[1]
    for index, unique in re.findall(r"^- `(ix_\w+)`( \(unique\))?$", section, flags=re.MULTILINE):
        found.indexes.append((index, (index.removeprefix(f"ix_{name}_"),), bool(unique)))
    for unique, columns in re.findall(r"^- Composite( unique)?: `\(([^)]*)\)`$", section, flags=re.MULTILINE):
        names = tuple(part.strip() for part in columns.split(","))
        found.indexes.append((None if unique else f"ix_{name}_{'_'.join(names)}", names, bool(unique)))
    return found


REFERENCE = parsed(DOCUMENT)


def test_the_document_is_read_whole() -> None:
    lines = [line for line in DOCUMENT.splitlines() if re.match(r"^\| (?!Column|-)", line)]
    assert len(REFERENCE) == DOCUMENT.count("| Column | Type | Nullable | Description |") == 13
    assert sum(len(each.columns) for each in REFERENCE.values()) == len(lines)
    listed = [line for line in DOCUMENT.splitlines() if re.match(r"^- (`ix_|Composite)", line)]
    assert sum(len(each.indexes) for each in REFERENCE.values()) == len(listed)


async def inspected(store: Store, look: Any) -> Any:
    async with store.db.reader.connect() as connection:
        return await connection.run_sync(look)


async def test_the_tables_are_as_documented(store: Store) -> None:
    await inspected(store, compare_all)


def compare_all(connection: Connection) -> None:
    """Compare every documented table with the one that there is."""
    for name, wanted in REFERENCE.items():
        compare(connection, name, wanted)


def compare(connection: Connection, name: str, wanted: Documented) -> None:
    """Compare one."""
    inspector, dialect = inspect(connection), connection.dialect
    physical = {key: pair[dialect.name == "postgresql"] for key, pair in PHYSICAL.items()}
    columns = {column["name"]: column for column in inspector.get_columns(name)}
    for column, (kind, nullable) in wanted.columns.items():
        expected = physical.get(kind) or kind.replace("String", "VARCHAR")
        assert columns[column]["type"].compile(dialect) == expected, (name, column)
        assert columns[column]["nullable"] is nullable, (name, column)
    assert inspector.get_pk_constraint(name)["constrained_columns"] == ["id"]
    keys = {key["constrained_columns"][0]: key["referred_table"] for key in inspector.get_foreign_keys(name)}
    assert wanted.foreign_keys.items() <= keys.items()
    for index in wanted.indexes:
        assert has_index(inspector, name, *index), (name, index)


def has_index(inspector: Any, table_name: str, name: str | None, columns: tuple[str, ...], unique: bool) -> bool:
    """Whether there is such an index; an unnamed unique one may be a constraint."""
    if name is None:
        found = [tuple(each["column_names"]) for each in inspector.get_unique_constraints(table_name)]
        return columns in found
    found = {each["name"]: each for each in inspector.get_indexes(table_name)}
    return name in found and tuple(found[name]["column_names"]) == columns and bool(found[name]["unique"]) is unique


async def test_settings_belong_to_one_user(store: Store) -> None:
    unique = await inspected(store, lambda connection: inspect(connection).get_unique_constraints("user_settings"))
    assert ["user_id"] in [each["column_names"] for each in unique]


async def test_every_table_of_the_diagram_is_related() -> None:
    related = {each.mapper.class_.__tablename__ for each in inspect(schema.User).relationships}
    assert related >= {
        "user_settings", "activities", "screenshots", "goals", "focus_sessions", "work_sessions",
        "integrations", "classification_rules", "teams", "team_members",
    }  # fmt: skip
    assert {each.key for each in inspect(schema.Team).relationships} >= {"members", "invites", "owner"}
    assert "calendar_events" in inspect(schema.Integration).relationships


SAMPLES = dict(re.findall(r"### (Get [^\n]*)\n```python\n(.*?)```", DOCUMENT, flags=re.DOTALL))


async def sample(store: Store, title: str, **names: Any) -> dict[str, Any]:
    """Run a sample query of the document as it is written there, and return its names."""
    code = (
        "async def sample(db, user_id, team_id):\n" + textwrap.indent(SAMPLES[title], "    ") + "    return locals()\n"
    )
    scope: dict[str, Any] = {
        "select": select,
        "selectinload": selectinload,
        **{name: getattr(schema, name) for name in schema.__all__},
    }
    exec(code, scope)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the document's datetime.utcnow()
        async with store.db.read() as session:
            found: dict[str, Any] = await scope["sample"](session, store.user_id, names.get("team_id"))
    return found


async def test_sample_user_with_settings(store: Store) -> None:
    assert len(SAMPLES) == 3
    user = (await sample(store, "Get user with settings"))["user"]
    assert user.id == store.user_id
    assert user.settings.theme == "system"


async def test_sample_activities_for_date_range(store: Store) -> None:
    now = datetime.now(UTC)
    async with store.db.write() as session:
        for age in (1, 2, 30):
            start = now - timedelta(days=age)
            session.add(
                schema.Activity(user_id=store.user_id, app_name=f"{age}", start_time=start, local_day=date(2026, 1, 1))
            )
    found = await sample(store, "Get activities for date range")
    assert [activity.app_name for activity in found["activities"]] == ["1", "2"]
    assert found["activities"][0].start_time.tzinfo is UTC


async def test_sample_team_with_members(store: Store) -> None:
    async with store.db.write() as session:
        team = schema.Team(name="Ours", owner_id=store.user_id)
        team.members.append(schema.TeamMember(user_id=store.user_id, role="owner"))
        session.add(team)
    found = await sample(store, "Get team with members", team_id=team.id)
    assert [member.user.email for member in found["team"].members] == ["local@localhost"]
