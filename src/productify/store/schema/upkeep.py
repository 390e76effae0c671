"""What has been changed by hand, so that it can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from productify.store.schema.base import Base, CreatedAt, Id, UserId


class Edit(Base):
    """One row's image before and after an edit; rows of one `batch` are undone together."""

    __tablename__ = "edits"
    __table_args__ = (Index("ix_edits_user_id_made_at", "user_id", "made_at"),)

    id: Mapped[Id]
    user_id: Mapped[UserId]
    made_at: Mapped[CreatedAt]
    kind: Mapped[str] = mapped_column(String(50))
    table_name: Mapped[str] = mapped_column(String(50))
    row_id: Mapped[str] = mapped_column(String(36))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    batch: Mapped[str] = mapped_column(String(36))
    undone_at: Mapped[datetime | None]
