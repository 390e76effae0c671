"""Work that a user timed by hand."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User


class WorkSession(Base):
    """One stretch of work on one thing; `duration` in seconds."""

    __tablename__ = "work_sessions"

    id: Mapped[Id]
    user_id: Mapped[UserId] = mapped_column(index=True)
    title: Mapped[str | None] = mapped_column(String(255))
    description: Mapped[str | None] = mapped_column(Text)
    project: Mapped[str | None] = mapped_column(String(255))
    tags: Mapped[list[Any] | None]
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    duration: Mapped[int | None]
    is_billable: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]

    user: Mapped["User"] = relationship(back_populates="work_sessions", lazy="raise")
