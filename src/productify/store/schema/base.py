"""What all tables share: how constraints are named, how ids and times are kept."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, Date, Float, ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column

from productify.clock import SystemClock
from productify.ids import uuid7
from productify.store.schema.types import UtcDateTime

_now = SystemClock().now


class Base(DeclarativeBase):
    """The parent of all tables; every constraint has a name, so that migrations can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        date: Date,
        float: Float,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


DERIVED = {"info": {"derived": True}}
"""Marks a table that only repeats what other tables say: its changes are news to nobody."""

Id = Annotated[str, mapped_column(String(36), primary_key=True, default=uuid7)]
UserId = Annotated[str, mapped_column(String(36), ForeignKey("users.id", ondelete="CASCADE"))]
CreatedAt = Annotated[datetime, mapped_column(UtcDateTime, default=_now)]
UpdatedAt = Annotated[datetime, mapped_column(UtcDateTime, default=_now, onupdate=_now)]
