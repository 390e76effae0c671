"""What a user wants of their days."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id, UpdatedAt, UserId

if TYPE_CHECKING:
    from productify.store.schema.account import User


class Goal(Base):
    """A daily aim in hours."""

    __tablename__ = "goals"

    id: Mapped[Id]
    user_id: Mapped[UserId] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(255))
    type: Mapped[str] = mapped_column(String(50))
    target_hours: Mapped[float]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    user: Mapped["User"] = relationship(back_populates="goals", lazy="raise")
