"""What was recorded of the day."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User


class Activity(Base):
    """One stretch of time; `productivity` NULL is unclassified, `cause` names the state of a row that is no app."""

    __tablename__ = "activities"
    __table_args__ = (
        Index("ix_activities_user_id_start_time", "user_id", "start_time"),
        # Whole on PostgreSQL: a condition for it would import its dialect, 3 MB, at every start at home.
        Index("ix_activities_said_by_user", "user_id", "app_name", sqlite_where=text("classified_by = 'user'")),
    )

    id: Mapped[Id]
    user_id: Mapped[UserId] = mapped_column(index=True)
    app_name: Mapped[str] = mapped_column(String(255), index=True)
    window_title: Mapped[str | None] = mapped_column(String(1000))
    url: Mapped[str | None] = mapped_column(String(2000))
    category: Mapped[str | None] = mapped_column(String(100))
    is_productive: Mapped[bool | None]
    is_afk: Mapped[bool] = mapped_column(default=False)
    start_time: Mapped[datetime] = mapped_column(index=True)
    end_time: Mapped[datetime | None]
    duration: Mapped[int | None] = mapped_column(doc="seconds, rounded half up")
    created_at: Mapped[CreatedAt]
    app_id: Mapped[str | None] = mapped_column(String(255))
    site: Mapped[str | None] = mapped_column(String(255))
    productivity: Mapped[int | None] = mapped_column(SmallInteger)
    classified_by: Mapped[str | None] = mapped_column(String(20))
    cause: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(String(1000))
    presence: Mapped[str | None] = mapped_column(String(20))
    origin: Mapped[str | None] = mapped_column(String(20))
    local_day: Mapped[date]
    tz_min: Mapped[int] = mapped_column(SmallInteger, default=0)

    user: Mapped["User"] = relationship(back_populates="activities", lazy="raise")


class InputGap(Base):
    """A stretch without any input, so that another idle timeout can be applied to the past."""

    __tablename__ = "input_gaps"
    __table_args__ = (Index("ix_input_gaps_user_id_start_time", "user_id", "start_time"),)

    id: Mapped[Id]
    user_id: Mapped[UserId]
    start_time: Mapped[datetime]
    end_time: Mapped[datetime]
