"""Let a screenshot tell of its monitor and its fate, and keep what was not taken and why.

Revision: 0005, follows 0004
"""

import sqlalchemy as sa
from alembic import op

from productify.store.schema.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = (
    ("seen_until", UtcDateTime()),
    ("local_day", sa.Date()),
    ("monitor", sa.String(length=100)),
    ("monitor_number", sa.Integer()),
    ("monitor_count", sa.Integer()),
    ("screen_width", sa.Integer()),
    ("screen_height", sa.Integer()),
    ("thumbnail_size", sa.Integer()),
    ("format", sa.String(length=10)),
    ("is_sealed", sa.Boolean()),
    ("trigger", sa.String(length=20)),
    ("trashed_at", UtcDateTime()),
    ("read_at", UtcDateTime()),
)
INDEXES = ("captured_at", "trashed_at")


def upgrade() -> None:
    """Add the columns in place, and the table of what was skipped."""
    for name, kind in COLUMNS:
        op.add_column("screenshots", sa.Column(name, kind))
    for name in INDEXES:
        op.create_index(f"ix_screenshots_user_id_{name}", "screenshots", ["user_id", name])
    op.create_table(
        "screenshot_skips",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("monitor", sa.String(length=100), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_screenshot_skips_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_screenshot_skips"),
    )
    op.create_index("ix_screenshot_skips_user_id_started_at", "screenshot_skips", ["user_id", "started_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("screenshot_skips")
    for name in INDEXES:
        op.drop_index(f"ix_screenshots_user_id_{name}", "screenshots")
    with op.batch_alter_table("screenshots") as table:
        for name, _kind in COLUMNS:
            table.drop_column(name)
