"""The few expressions that SQLite and PostgreSQL spell differently, and how a day's rows are found."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Table, and_, literal
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from productify.store.schema import Activity
from productify.store.schema.types import EPOCH, UtcDateTime

T = TypeVar("T")
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
_LATEST_DAY_START = time(12)
_LONGEST_ROW = timedelta(days=2)


class milliseconds_between(GenericFunction[int]):  # noqa: N801 - it reads as the function that it is
    """The whole milliseconds from one moment to another."""

    type = BigInteger()
    inherit_cache = True


class later_of(GenericFunction[datetime]):  # noqa: N801
    """The later of two moments."""

    type = UtcDateTime()
    inherit_cache = True


class earlier_of(GenericFunction[datetime]):  # noqa: N801
    """The earlier of two moments."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(milliseconds_between, "sqlite")
def _subtracted(element: milliseconds_between, compiler: SQLCompiler, **options: Any) -> str:
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({end} - {start})"


@compiles(milliseconds_between)
def _extracted(element: milliseconds_between, compiler: SQLCompiler, **options: Any) -> str:
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(ROUND(EXTRACT(EPOCH FROM ({end} - {start})) * 1000) AS BIGINT)"


@compiles(later_of)
def _greatest(element: later_of, compiler: SQLCompiler, **options: Any) -> str:
    name = "max" if compiler.dialect.name == "sqlite" else "greatest"
    return f"{name}({compiler.process(element.clauses, **options)})"


@compiles(earlier_of)
def _least(element: earlier_of, compiler: SQLCompiler, **options: Any) -> str:
    name = "min" if compiler.dialect.name == "sqlite" else "least"
    return f"{name}({compiler.process(element.clauses, **options)})"


def since_1970(moment: Any) -> ColumnElement[int]:
    """Return a moment as milliseconds since 1970: plain numbers, where thousands of them are only to be measured."""
    return milliseconds_between(literal(EPOCH, UtcDateTime), moment)


def insert(session: AsyncSession, table: Any) -> Any:
    """Return an INSERT of the session's database that knows ON CONFLICT."""
    return insert_for(session.get_bind().dialect.name, table)


def insert_for(dialect: str, table: Any) -> Any:
    """Return an INSERT of the database named `dialect` that knows ON CONFLICT."""
    target: Table = getattr(table, "__table__", table)
    if dialect == "sqlite":
        return sqlite.insert(target)
    from sqlalchemy.dialects import postgresql  # nobody at home needs it, and it takes its time

    return postgresql.insert(target)


def of_days(user_id: str, first: date, last: date, day_start: time = _LATEST_DAY_START) -> ColumnElement[bool]:
    """Return the condition for a user's activities of the local days `first` to `last`, whatever zone they are of.

    There is no index on the day itself: the rows are looked for between the first moment that `first` has begun
    anywhere on earth and the last that `last` is still going on.
    """
    midnight = datetime.combine(first, time(), UTC)
    until = datetime.combine(last + timedelta(days=1), day_start, UTC)
    day = Activity.local_day == first if first == last else Activity.local_day.between(first, last)
    return and_(
        Activity.user_id == user_id, Activity.start_time >= midnight - _EAST, Activity.start_time < until + _WEST, day
    )


def touching(user_id: str, start: datetime, end: datetime) -> ColumnElement[bool]:
    """Return the condition for a user's activities with any time between two moments; none is longer than two days."""
    return and_(
        Activity.user_id == user_id,
        Activity.start_time > start - _LONGEST_ROW,
        Activity.start_time < end,
        Activity.end_time > start,
    )


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Return `items` in pieces of at most `size`."""
    return (items[begin : begin + size] for begin in range(0, len(items), size))
