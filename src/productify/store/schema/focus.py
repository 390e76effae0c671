"""Focus sessions."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User


class FocusSession(Base):
    """A planned stretch of work and what it blocks; durations in minutes."""

    __tablename__ = "focus_sessions"

    id: Mapped[Id]
    user_id: Mapped[UserId] = mapped_column(index=True)
    title: Mapped[str | None] = mapped_column(String(255))
    duration_minutes: Mapped[int]
    actual_duration: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(20), index=True, default="active")
    blocked_apps: Mapped[list[Any] | None]
    blocked_websites: Mapped[list[Any] | None]
    distraction_count: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]

    user: Mapped["User"] = relationship(back_populates="focus_sessions", lazy="raise")
