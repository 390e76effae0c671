"""What a connected calendar says of the day."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UpdatedAt, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User
    from productify.store.schema.integration import Integration


class CalendarEvent(Base):
    """One event of one calendar."""

    __tablename__ = "calendar_events"

    id: Mapped[Id]
    user_id: Mapped[UserId] = mapped_column(index=True)
    integration_id: Mapped[str] = mapped_column(String(36), ForeignKey("integrations.id", ondelete="CASCADE"))
    external_id: Mapped[str] = mapped_column(String(255))
    title: Mapped[str | None] = mapped_column(String(500))
    description: Mapped[str | None] = mapped_column(Text)
    start_time: Mapped[datetime] = mapped_column(index=True)
    end_time: Mapped[datetime]
    is_all_day: Mapped[bool] = mapped_column(default=False)
    location: Mapped[str | None] = mapped_column(String(500))
    attendees: Mapped[list[Any] | None]
    is_meeting: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    user: Mapped["User"] = relationship(lazy="raise")
    integration: Mapped["Integration"] = relationship(back_populates="calendar_events", lazy="raise")
