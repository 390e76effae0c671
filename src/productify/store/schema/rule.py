"""The names for what people do, and who gives them."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from productify.store.schema.base import Base, CreatedAt, Id

if TYPE_CHECKING:
    from productify.store.schema.account import User


class ClassificationRule(Base):
    """A user's rule; `productivity` (-2..2) decides, `is_productive` is what the reference sees of it."""

    __tablename__ = "classification_rules"

    id: Mapped[Id]
    user_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("users.id", ondelete="CASCADE"), index=True)
    app_name: Mapped[str | None] = mapped_column(String(255), index=True)
    url_pattern: Mapped[str | None] = mapped_column(String(500))
    category: Mapped[str] = mapped_column(String(100))
    is_productive: Mapped[bool]
    priority: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[CreatedAt]
    productivity: Mapped[int | None] = mapped_column(SmallInteger)

    user: Mapped["User | None"] = relationship(back_populates="classification_rules", lazy="raise")


class Category(Base):
    """A kind of activity; without `user_id` it comes with the product and follows its catalogue."""

    __tablename__ = "categories"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    user_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    parent: Mapped[str | None] = mapped_column(String(100))
    colour: Mapped[str] = mapped_column(String(50))
    icon: Mapped[str] = mapped_column(String(50))
    counts_focus: Mapped[bool]
    counts_work: Mapped[bool]
    productivity: Mapped[int] = mapped_column(SmallInteger)
    position: Mapped[int]
