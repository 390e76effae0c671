"""Make room for the words read in screenshots, and on SQLite for their full-text index.

Revision: 0006, follows 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FULL_TEXT = (
    "CREATE VIRTUAL TABLE shot_fts USING fts5(content, content='shot_texts', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    "CREATE TRIGGER shot_texts_added AFTER INSERT ON shot_texts BEGIN "
    "INSERT INTO shot_fts(rowid, content) VALUES (new.id, new.content); END",
    "CREATE TRIGGER shot_texts_gone AFTER DELETE ON shot_texts BEGIN "
    "INSERT INTO shot_fts(shot_fts, rowid, content) VALUES ('delete', old.id, old.content); END",
)
"""A text is never changed, only added and deleted: two triggers keep the index."""


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "shot_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("screenshot_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["screenshot_id"], ["screenshots.id"], name="fk_shot_texts_screenshot_id_screenshots", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_shot_texts_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_shot_texts"),
        sa.UniqueConstraint("screenshot_id", name="uq_shot_texts_screenshot_id"),
    )
    if op.get_context().dialect.name == "sqlite":
        for statement in FULL_TEXT:
            op.execute(statement)


def downgrade() -> None:
    """Drop them; the triggers go with their table."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE shot_fts")
    op.drop_table("shot_texts")
