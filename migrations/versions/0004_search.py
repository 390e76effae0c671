"""Make what search looks through, and on SQLite its full-text index.

Revision: 0004, follows 0003
"""

import sqlalchemy as sa
from alembic import op

from productify.store.schema.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = "app_name, title, url, note"
NEW = "new.id, new.app_name, new.title, new.url, new.note"
OLD = "'delete', old.id, old.app_name, old.title, old.url, old.note"
FULL_TEXT = (
    f"CREATE VIRTUAL TABLE search_fts USING fts5({WORDS}, content='search_texts', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    f"CREATE TRIGGER search_texts_added AFTER INSERT ON search_texts BEGIN "
    f"INSERT INTO search_fts(rowid, {WORDS}) VALUES ({NEW}); END",
    f"CREATE TRIGGER search_texts_gone AFTER DELETE ON search_texts BEGIN "
    f"INSERT INTO search_fts(search_fts, rowid, {WORDS}) VALUES ({OLD}); END",
)
"""A text is never changed, only added and deleted: two triggers keep the index."""


def upgrade() -> None:
    """Make the tables; every day that has sums waits for its texts."""
    _texts()
    _days()
    op.execute("INSERT INTO search_dirty (user_id, local_day) SELECT DISTINCT user_id, local_day FROM rollup_facts")
    if op.get_context().dialect.name == "sqlite":
        for statement in FULL_TEXT:
            op.execute(statement)


def downgrade() -> None:
    """Drop them; the triggers go with their table."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE search_fts")
    for table in ("search_dirty", "search_days", "search_texts"):
        op.drop_table(table)


def _texts() -> None:
    op.create_table(
        "search_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("app_name", sa.String(length=255), nullable=False),
        sa.Column("app_id", sa.String(length=255), nullable=True),
        sa.Column("title", sa.String(length=1000), nullable=True),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("site", sa.String(length=255), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("category", sa.String(length=100), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_search_texts_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_search_texts"),
    )
    op.create_index("ix_search_texts_user_id_last_day", "search_texts", ["user_id", "last_day"])
    op.create_index("ix_search_texts_user_id_category", "search_texts", ["user_id", "category"])
    op.create_index("ix_search_texts_user_id_digest", "search_texts", ["user_id", "digest"], unique=True)


def _days() -> None:
    op.create_table(
        "search_days",
        sa.Column("text_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("first_start", UtcDateTime(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["search_texts.id"], name="fk_search_days_text_id_search_texts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_search_days_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("text_id", "local_day", name="pk_search_days"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_days_user_id_local_day", "search_days", ["user_id", "local_day"])
    op.create_table(
        "search_dirty",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_search_dirty_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "local_day", name="pk_search_dirty"),
    )
