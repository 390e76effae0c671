"""Sums of activities, kept ready; always equal to what the activities themselves add up to.

Key columns are never NULL: '' stands for none, and an unclassified row has category '' and productivity 0.
"""

from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from productify.store.schema.base import DERIVED, Base

_Owner = Annotated[str, mapped_column(String(36), ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)]
_Day = Annotated[date, mapped_column(primary_key=True)]
_Milliseconds = Annotated[int, mapped_column(BigInteger)]
_Text = Annotated[str, mapped_column(String(255), primary_key=True)]

# The key is long and the rest short: without a row id, SQLite keeps the key once instead of twice.
_CLUSTERED = {**DERIVED, "sqlite_with_rowid": False}


class RollupDay(Base):
    """How long one local day was one thing."""

    __tablename__ = "rollup_days"
    __table_args__ = _CLUSTERED

    user_id: Mapped[_Owner]
    local_day: Mapped[_Day]
    app_name: Mapped[_Text]
    app_id: Mapped[_Text]
    site: Mapped[_Text]
    category: Mapped[str] = mapped_column(String(100), primary_key=True)
    productivity: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    cause: Mapped[str] = mapped_column(String(20), primary_key=True)
    milliseconds: Mapped[_Milliseconds]


class RollupFacts(Base):
    """One row a local day: its sums, its longest focus block, its first and last active moment, its hours and course.

    `top` holds the greatest apps and sites of each hour (see `store.hours`), `runs` the course (see `store.course`).
    They are last, as they are long and most questions do not need them.
    """

    __tablename__ = "rollup_facts"
    __table_args__ = DERIVED

    user_id: Mapped[_Owner]
    local_day: Mapped[_Day]
    productive: Mapped[_Milliseconds]
    neutral: Mapped[_Milliseconds]
    distracting: Mapped[_Milliseconds]
    idle: Mapped[_Milliseconds]
    unclassified: Mapped[_Milliseconds]
    private: Mapped[_Milliseconds]
    focus_start: Mapped[datetime | None]
    focus_end: Mapped[datetime | None]
    first_active: Mapped[datetime | None]
    last_active: Mapped[datetime | None]
    top: Mapped[list[Any]]
    runs: Mapped[list[Any]]


class RollupDirty(Base):
    """A local day whose sums wait to be made anew."""

    __tablename__ = "rollup_dirty"
    __table_args__ = DERIVED

    user_id: Mapped[_Owner]
    local_day: Mapped[_Day]
