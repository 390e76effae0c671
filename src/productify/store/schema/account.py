"""Who uses it, and how they like it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.settings import BY_KEY
from productify.store.schema.base import Base, CreatedAt, Id, UpdatedAt

if TYPE_CHECKING:
    from productify.store.schema.activity import Activity
    from productify.store.schema.focus import FocusSession
    from productify.store.schema.goal import Goal
    from productify.store.schema.integration import Integration
    from productify.store.schema.rule import ClassificationRule
    from productify.store.schema.screenshot import Screenshot
    from productify.store.schema.team import Team, TeamMember
    from productify.store.schema.work import WorkSession


def _owned() -> Any:
    """A collection that is loaded only where a query asks for it, and left to the database when its owner goes."""
    return relationship(back_populates="user", lazy="raise", passive_deletes=True, cascade="all, delete-orphan")


def _setting(key: str) -> Any:
    return BY_KEY[key].default


class User(Base):
    """An account; on a desktop without one, the single local user."""

    __tablename__ = "users"
    __table_args__ = (Index("ix_users_email", "email", unique=True),)

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(255))
    hashed_password: Mapped[str | None] = mapped_column(String(255))
    name: Mapped[str | None] = mapped_column(String(100))
    avatar_url: Mapped[str | None] = mapped_column(String(500))
    plan: Mapped[str] = mapped_column(String(50), default="free")
    stripe_customer_id: Mapped[str | None] = mapped_column(String(255), index=True)
    stripe_subscription_id: Mapped[str | None] = mapped_column(String(255))
    trial_ends_at: Mapped[datetime | None]
    is_trial_active: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_admin: Mapped[bool] = mapped_column(default=False)
    email_verified: Mapped[bool] = mapped_column(default=False)
    google_id: Mapped[str | None] = mapped_column(String(255), index=True)
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    last_login_at: Mapped[datetime | None]
    onboarding_completed: Mapped[bool] = mapped_column(default=False)
    profile_type: Mapped[str | None] = mapped_column(String(50))

    settings: Mapped["UserSettings | None"] = _owned()
    activities: Mapped[list["Activity"]] = _owned()
    screenshots: Mapped[list["Screenshot"]] = _owned()
    goals: Mapped[list["Goal"]] = _owned()
    focus_sessions: Mapped[list["FocusSession"]] = _owned()
    work_sessions: Mapped[list["WorkSession"]] = _owned()
    integrations: Mapped[list["Integration"]] = _owned()
    classification_rules: Mapped[list["ClassificationRule"]] = _owned()
    owned_teams: Mapped[list["Team"]] = relationship(back_populates="owner", lazy="raise", passive_deletes=True)
    memberships: Mapped[list["TeamMember"]] = relationship(
        back_populates="user",
        foreign_keys="TeamMember.user_id",
        lazy="raise",
        passive_deletes=True,
        cascade="all, delete-orphan",
    )


class UserSettings(Base):
    """One user's settings: a column where the reference has one, else a key of `more`; `state` is the app's memory."""

    __tablename__ = "user_settings"

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(String(36), ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    theme: Mapped[str] = mapped_column(String(20), default=_setting("theme"))
    language: Mapped[str] = mapped_column(String(10), default="en")
    start_on_boot: Mapped[bool] = mapped_column(default=_setting("start_on_boot"))
    tracking_enabled: Mapped[bool] = mapped_column(default=_setting("tracking_enabled"))
    screenshots_enabled: Mapped[bool] = mapped_column(default=_setting("screenshots_enabled"))
    screenshot_interval: Mapped[int] = mapped_column(default=_setting("screenshot_interval"))
    screenshot_quality: Mapped[str] = mapped_column(String(20), default=_setting("screenshot_quality"))
    blur_screenshots: Mapped[bool] = mapped_column(default=_setting("blur_screenshots"))
    incognito_mode: Mapped[bool] = mapped_column(default=_setting("incognito_mode"))
    data_retention_days: Mapped[int] = mapped_column(default=0, doc="0 keeps everything")
    notifications_enabled: Mapped[bool] = mapped_column(default=True)
    break_reminders: Mapped[bool] = mapped_column(default=False)
    idle_timeout: Mapped[int] = mapped_column(default=_setting("idle_timeout"))
    track_idle: Mapped[bool] = mapped_column(default=True)
    openai_api_key: Mapped[str | None] = mapped_column(String(500))
    more: Mapped[dict[str, Any] | None]
    state: Mapped[dict[str, Any] | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    user: Mapped[User] = relationship(back_populates="settings", lazy="raise")
