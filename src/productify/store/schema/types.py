"""Column types that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware UTC datetime in Python, whole milliseconds in the database.

    SQLite holds INTEGER milliseconds since 1970, PostgreSQL timestamptz. A naive value given to it is UTC;
    what is finer than a millisecond is cut off.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[int]:
        """Return the type that the database itself holds."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Integer())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        """Return what the driver is given."""
        if value is None:
            return None
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value
        milliseconds = (moment - EPOCH) // MILLISECOND
        return milliseconds if dialect.name == "sqlite" else EPOCH + milliseconds * MILLISECOND

    def process_result_value(self, value: datetime | int | None, _dialect: Dialect) -> datetime | None:
        """Return what Python is given."""
        if value is None:
            return None
        return EPOCH + timedelta(milliseconds=value) if isinstance(value, int) else value.astimezone(UTC)
