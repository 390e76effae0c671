"""What search looks through: each different text once, and the days it was seen on."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from productify.store.schema.base import DERIVED, Base, UserId

FTS = "search_fts"
"""SQLite's full-text index over `search_texts`; it is made by the migration, as no ORM knows such tables."""


class SearchText(Base):
    """An app, title, address and note that were seen together; `digest` tells two of them apart."""

    __tablename__ = "search_texts"
    __table_args__ = (
        Index("ix_search_texts_user_id_last_day", "user_id", "last_day"),
        Index("ix_search_texts_user_id_category", "user_id", "category"),
        Index("ix_search_texts_user_id_digest", "user_id", "digest", unique=True),
        DERIVED,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[UserId]
    digest: Mapped[str] = mapped_column(String(32))
    app_name: Mapped[str] = mapped_column(String(255))
    app_id: Mapped[str | None] = mapped_column(String(255))
    title: Mapped[str | None] = mapped_column(String(1000))
    url: Mapped[str | None] = mapped_column(String(2000))
    site: Mapped[str | None] = mapped_column(String(255))
    note: Mapped[str | None] = mapped_column(String(1000))
    category: Mapped[str | None] = mapped_column(String(100))
    last_day: Mapped[date]


class SearchDay(Base):
    """How long a text was in front on one local day, and when first."""

    __tablename__ = "search_days"
    __table_args__ = (
        Index("ix_search_days_user_id_local_day", "user_id", "local_day"),
        {**DERIVED, "sqlite_with_rowid": False},
    )

    text_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("search_texts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    local_day: Mapped[date] = mapped_column(primary_key=True)
    user_id: Mapped[UserId]
    first_start: Mapped[datetime]
    milliseconds: Mapped[int] = mapped_column(BigInteger)


class SearchDirty(Base):
    """A local day whose sums are up to date, and whose texts are not yet."""

    __tablename__ = "search_dirty"
    __table_args__ = DERIVED

    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
