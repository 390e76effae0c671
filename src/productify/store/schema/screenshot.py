"""Pictures of the screen; the files lie beside the database."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User


class Screenshot(Base):
    """One picture and what was in front when it was taken."""

    __tablename__ = "screenshots"

    id: Mapped[Id]
    user_id: Mapped[UserId] = mapped_column(index=True)
    file_path: Mapped[str] = mapped_column(String(1000))
    cloud_url: Mapped[str | None] = mapped_column(String(2000))
    thumbnail_url: Mapped[str | None] = mapped_column(String(2000))
    app_name: Mapped[str | None] = mapped_column(String(255))
    window_title: Mapped[str | None] = mapped_column(String(1000))
    is_blurred: Mapped[bool] = mapped_column(default=False)
    file_size: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    captured_at: Mapped[datetime] = mapped_column(index=True)
    created_at: Mapped[CreatedAt]

    user: Mapped["User"] = relationship(back_populates="screenshots", lazy="raise")
