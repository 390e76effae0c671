"""Let focus sessions be paused, strict and in cycles; make block lists, schedules, attempts and the ledger of blocks.

Revision: 0007, follows 0006
"""

import sqlalchemy as sa
from alembic import op

from productify.store.schema.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = (
    ("project", sa.String(length=255)),
    ("local_day", sa.Date()),
    ("strict", sa.Boolean()),
    ("pomodoro", sa.JSON()),
    ("lists", sa.JSON()),
    ("ends_at", UtcDateTime()),
    ("paused_at", UtcDateTime()),
    ("paused_ms", sa.BigInteger()),
    ("seconds", sa.Integer()),
    ("origin", sa.String(length=20)),
    ("reckoning", sa.JSON()),
)
TABLES = ("block_ledger", "focus_attempts", "focus_schedules", "block_targets", "block_lists")


def upgrade() -> None:
    """Add the columns in place, and make the tables."""
    for name, kind in COLUMNS:
        op.add_column("focus_sessions", sa.Column(name, kind))
    op.create_index("ix_focus_sessions_user_id_started_at", "focus_sessions", ["user_id", "started_at"])
    _lists()
    _schedules()
    _attempts()
    _ledger()


def downgrade() -> None:
    """Drop them."""
    for name in TABLES:
        op.drop_table(name)
    op.drop_index("ix_focus_sessions_user_id_started_at", "focus_sessions")
    with op.batch_alter_table("focus_sessions") as table:
        for name, _kind in COLUMNS:
            table.drop_column(name)


def _id_columns() -> list[sa.Column[str]]:
    return [
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
    ]


def _keys(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=f"fk_{table}_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def _session(table: str) -> sa.Constraint:
    name = f"fk_{table}_session_id_focus_sessions"
    return sa.ForeignKeyConstraint(["session_id"], ["focus_sessions.id"], name=name, ondelete="SET NULL")


def _lists() -> None:
    op.create_table(
        "block_lists",
        *_id_columns(),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("allowance", sa.Integer(), nullable=True),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("is_shipped", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        *_keys("block_lists"),
    )
    op.create_index("ix_block_lists_user_id", "block_lists", ["user_id"])
    op.create_table(
        "block_targets",
        *_id_columns(),
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["block_lists.id"], name="fk_block_targets_list_id_block_lists", ondelete="CASCADE"
        ),
        *_keys("block_targets"),
    )
    op.create_index("ix_block_targets_list_id", "block_targets", ["list_id"])


def _schedules() -> None:
    op.create_table(
        "focus_schedules",
        *_id_columns(),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.Column("project", sa.String(length=255), nullable=True),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("lists", sa.JSON(), nullable=False),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        *_keys("focus_schedules"),
    )
    op.create_index("ix_focus_schedules_user_id", "focus_schedules", ["user_id"])


def _attempts() -> None:
    op.create_table(
        "focus_attempts",
        *_id_columns(),
        sa.Column("session_id", sa.String(length=36), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("is_site", sa.Boolean(), nullable=False),
        sa.Column("list_name", sa.String(length=100), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        _session("focus_attempts"),
        *_keys("focus_attempts"),
    )
    op.create_index("ix_focus_attempts_session_id", "focus_attempts", ["session_id"])
    op.create_index("ix_focus_attempts_user_id_at", "focus_attempts", ["user_id", "at"])


def _ledger() -> None:
    op.create_table(
        "block_ledger",
        *_id_columns(),
        sa.Column("session_id", sa.String(length=36), nullable=True),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("left_seconds", sa.Float(), nullable=False),
        sa.Column("boot_id", sa.String(length=50), nullable=True),
        sa.Column("boot_seconds", sa.Float(), nullable=True),
        sa.Column("lifted_at", UtcDateTime(), nullable=True),
        sa.Column("lifted_by", sa.String(length=20), nullable=True),
        _session("block_ledger"),
        *_keys("block_ledger"),
    )
    op.create_index("ix_block_ledger_user_id_lifted_at", "block_ledger", ["user_id", "lifted_at"])
