"""What has been changed by hand, so that it can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from productify.store.schema.base import Base, CreatedAt, Id, UserId


class EditBatch(Base):
    """One step of the user's, made and undone as a whole; `position` counts a user's steps in their order.

    `days` are the local days (ISO 8601) of the activities it touched, in order.
    """

    __tablename__ = "edit_batches"
    __table_args__ = (UniqueConstraint("user_id", "position"),)

    id: Mapped[Id]
    user_id: Mapped[UserId]
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(50))
    made_at: Mapped[CreatedAt]
    undone_at: Mapped[datetime | None]
    row_count: Mapped[int]
    days: Mapped[list[Any]]


class Edit(Base):
    """One row's image before and after a step: None where it was not there, else the columns that differ, or all."""

    __tablename__ = "edits"

    id: Mapped[Id]
    user_id: Mapped[UserId]
    table_name: Mapped[str] = mapped_column(String(50))
    row_id: Mapped[str] = mapped_column(String(36), index=True)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    batch: Mapped[str] = mapped_column(String(36), ForeignKey("edit_batches.id", ondelete="CASCADE"), index=True)
