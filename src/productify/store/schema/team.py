"""Teams, who is in them and who has been asked."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UpdatedAt, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User


class Team(Base):
    """A group of accounts with one owner."""

    __tablename__ = "teams"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[UserId] = mapped_column(index=True)
    plan: Mapped[str] = mapped_column(String(50), default="free")
    max_members: Mapped[int] = mapped_column(default=5)
    settings: Mapped[dict[str, Any] | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    owner: Mapped["User"] = relationship(back_populates="owned_teams", lazy="raise")
    members: Mapped[list["TeamMember"]] = relationship(
        back_populates="team", lazy="raise", passive_deletes=True, cascade="all, delete-orphan"
    )
    invites: Mapped[list["TeamInvite"]] = relationship(
        back_populates="team", lazy="raise", passive_deletes=True, cascade="all, delete-orphan"
    )


class TeamMember(Base):
    """One account's place in one team."""

    __tablename__ = "team_members"
    __table_args__ = (UniqueConstraint("team_id", "user_id"),)

    id: Mapped[Id]
    team_id: Mapped[str] = mapped_column(String(36), ForeignKey("teams.id", ondelete="CASCADE"))
    user_id: Mapped[UserId]
    role: Mapped[str] = mapped_column(String(20), default="member")
    invited_by: Mapped[str | None] = mapped_column(String(36), ForeignKey("users.id", ondelete="SET NULL"))
    joined_at: Mapped[CreatedAt]
    is_active: Mapped[bool] = mapped_column(default=True)

    team: Mapped[Team] = relationship(back_populates="members", lazy="raise")
    user: Mapped["User"] = relationship(back_populates="memberships", foreign_keys="TeamMember.user_id", lazy="raise")
    inviter: Mapped["User | None"] = relationship(foreign_keys="TeamMember.invited_by", lazy="raise")


class TeamInvite(Base):
    """An invitation that waits for its answer."""

    __tablename__ = "team_invites"
    __table_args__ = (Index("ix_team_invites_token", "token", unique=True),)

    id: Mapped[Id]
    team_id: Mapped[str] = mapped_column(String(36), ForeignKey("teams.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(255), index=True)
    role: Mapped[str] = mapped_column(String(20), default="member")
    token: Mapped[str] = mapped_column(String(255))
    invited_by: Mapped[UserId]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]

    team: Mapped[Team] = relationship(back_populates="invites", lazy="raise")
    inviter: Mapped["User"] = relationship(lazy="raise")
