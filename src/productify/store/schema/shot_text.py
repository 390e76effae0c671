"""The words that were read in screenshots."""

from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from productify.store.schema.base import DERIVED, Base, UserId

SHOT_FTS = "shot_fts"
"""SQLite's full-text index over `shot_texts`; it is made by the migration, as no ORM knows such tables."""


class ShotText(Base):
    """What one picture says; `words` are [text, left, top, width, height], places as fractions of the picture."""

    __tablename__ = "shot_texts"
    __table_args__ = (DERIVED,)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    screenshot_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("screenshots.id", ondelete="CASCADE"), unique=True
    )
    user_id: Mapped[UserId]
    content: Mapped[str] = mapped_column(Text)
    words: Mapped[list[Any]]
