"""Pictures of the screen; the files lie beside the database."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User


class Screenshot(Base):
    """One picture and what was in front when it was taken; paths are relative to the data folder.

    `width` and `height` are the file's, `screen_width` and `screen_height` the monitor's. `trashed_at` is set while
    it waits to be deleted for good; `read_at` once its words were looked for.
    """

    __tablename__ = "screenshots"
    __table_args__ = (
        Index("ix_screenshots_user_id_captured_at", "user_id", "captured_at"),
        Index("ix_screenshots_user_id_trashed_at", "user_id", "trashed_at"),
    )

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
    seen_until: Mapped[datetime | None]
    local_day: Mapped[date | None]
    monitor: Mapped[str | None] = mapped_column(String(100))
    monitor_number: Mapped[int | None]
    monitor_count: Mapped[int | None]
    screen_width: Mapped[int | None]
    screen_height: Mapped[int | None]
    thumbnail_size: Mapped[int | None]
    format: Mapped[str | None] = mapped_column(String(10))
    is_sealed: Mapped[bool | None]
    trigger: Mapped[str | None] = mapped_column(String(20))
    trashed_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]

    user: Mapped["User"] = relationship(back_populates="screenshots", lazy="raise")


class ScreenshotSkip(Base):
    """A stretch in which pictures were not taken on a monitor (None: on all), and why; nothing of what was in view."""

    __tablename__ = "screenshot_skips"
    __table_args__ = (Index("ix_screenshot_skips_user_id_started_at", "user_id", "started_at"),)

    id: Mapped[Id]
    user_id: Mapped[UserId]
    reason: Mapped[str] = mapped_column(String(30))
    monitor: Mapped[str | None] = mapped_column(String(100))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    count: Mapped[int]
