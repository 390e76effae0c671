"""Focus sessions, what they block, when they begin by themselves, and what was blocked."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UpdatedAt, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User


class FocusSession(Base):
    """A planned stretch of work and what it blocks; durations in minutes.

    `ends_at` is the planned end as it stands, `paused_at` since when it is paused, `paused_ms` what it was paused
    before. `reckoning` holds what its clock is known by over a restart.
    """

    __tablename__ = "focus_sessions"
    __table_args__ = (Index("ix_focus_sessions_user_id_started_at", "user_id", "started_at"),)

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
    project: Mapped[str | None] = mapped_column(String(255))
    local_day: Mapped[date | None]
    strict: Mapped[bool | None]
    pomodoro: Mapped[dict[str, Any] | None]
    lists: Mapped[list[Any] | None]
    ends_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    paused_ms: Mapped[int | None] = mapped_column(BigInteger)
    seconds: Mapped[int | None]
    origin: Mapped[str | None] = mapped_column(String(20))
    reckoning: Mapped[dict[str, Any] | None]

    user: Mapped["User"] = relationship(back_populates="focus_sessions", lazy="raise")


class BlockListRow(Base):
    """A named list of what is blocked, or with `mode` "allow" of what alone is not; `hours` are stretches of a week."""

    __tablename__ = "block_lists"

    id: Mapped[Id]
    user_id: Mapped[UserId] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(100))
    mode: Mapped[str] = mapped_column(String(10))
    hours: Mapped[list[Any]]
    allowance: Mapped[int | None]
    is_on: Mapped[bool] = mapped_column(default=True)
    is_shipped: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class BlockTarget(Base):
    """One entry of a list: an app, a site with or without a path, or a category."""

    __tablename__ = "block_targets"

    id: Mapped[Id]
    user_id: Mapped[UserId]
    list_id: Mapped[str] = mapped_column(String(36), ForeignKey("block_lists.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(500))
    position: Mapped[int]


class FocusSchedule(Base):
    """A session that begins by itself each week; `weekdays` from 0, Monday, `start` in minutes since local midnight."""

    __tablename__ = "focus_schedules"

    id: Mapped[Id]
    user_id: Mapped[UserId] = mapped_column(index=True)
    title: Mapped[str | None] = mapped_column(String(255))
    project: Mapped[str | None] = mapped_column(String(255))
    weekdays: Mapped[list[Any]]
    start: Mapped[int]
    minutes: Mapped[int]
    lists: Mapped[list[Any]]
    strict: Mapped[bool] = mapped_column(default=False)
    is_on: Mapped[bool] = mapped_column(default=True)


class FocusAttempt(Base):
    """A blocked visit; outside of sessions `session_id` is None."""

    __tablename__ = "focus_attempts"
    __table_args__ = (Index("ix_focus_attempts_user_id_at", "user_id", "at"),)

    id: Mapped[Id]
    user_id: Mapped[UserId]
    session_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("focus_sessions.id", ondelete="SET NULL"), index=True
    )
    at: Mapped[datetime]
    local_day: Mapped[date]
    name: Mapped[str] = mapped_column(String(255))
    is_site: Mapped[bool]
    list_name: Mapped[str] = mapped_column(String(100))
    passed: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(String(500))


class BlockExpiry(Base):
    """The ledger of blocks: each has an end that is known before it begins, and is checked at every start.

    `left_seconds` is what was left when it was last looked at, on the boot that `boot_id` names and `boot_seconds` into
    it; `lifted_by` is what ended it: time, end, emergency, release.
    """

    __tablename__ = "block_ledger"
    __table_args__ = (Index("ix_block_ledger_user_id_lifted_at", "user_id", "lifted_at"),)

    id: Mapped[Id]
    user_id: Mapped[UserId]
    session_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("focus_sessions.id", ondelete="SET NULL"))
    strict: Mapped[bool]
    begun_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    left_seconds: Mapped[float]
    boot_id: Mapped[str | None] = mapped_column(String(50))
    boot_seconds: Mapped[float | None]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None] = mapped_column(String(20))
