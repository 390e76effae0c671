"""Services that a user connected."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UpdatedAt, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User
    from productify.store.schema.calendar import CalendarEvent


class Integration(Base):
    """One connected service; tokens are encrypted before they come here."""

    __tablename__ = "integrations"
    __table_args__ = (UniqueConstraint("user_id", "provider"),)

    id: Mapped[Id]
    user_id: Mapped[UserId]
    provider: Mapped[str] = mapped_column(String(50))
    access_token: Mapped[str | None] = mapped_column(String(1000))
    refresh_token: Mapped[str | None] = mapped_column(String(1000))
    token_expires_at: Mapped[datetime | None]
    provider_user_id: Mapped[str | None] = mapped_column(String(255))
    metadata_: Mapped[dict[str, Any] | None] = mapped_column("metadata")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    user: Mapped["User"] = relationship(back_populates="integrations", lazy="raise")
    calendar_events: Mapped[list["CalendarEvent"]] = relationship(
        back_populates="integration", lazy="raise", passive_deletes=True, cascade="all, delete-orphan"
    )
