"""Keep what each step of the user's changed together, in the order it was made, so that it is undone as a whole.

Revision: 0003, follows 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from productify.store.schema.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SAID_BY_USER = sa.text("classified_by = 'user'")
OLD = sa.table(
    "edits",
    sa.column("user_id", sa.String),
    sa.column("made_at", UtcDateTime),
    sa.column("kind", sa.String),
    sa.column("row_id", sa.String),
    sa.column("batch", sa.String),
    sa.column("undone_at", UtcDateTime),
)
DAYS = sa.table("activities", sa.column("id", sa.String), sa.column("local_day", sa.Date))


def upgrade() -> None:
    """Give each batch a row of its own, and find what the user classified without reading a whole history."""
    batches = op.create_table(
        "edit_batches",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_edit_batches_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_edit_batches"),
        sa.UniqueConstraint("user_id", "position", name="uq_edit_batches_user_id_position"),
    )
    if not op.get_context().as_sql:
        rows = _batches(op.get_bind())
        if rows:
            op.bulk_insert(batches, rows)
    op.drop_index("ix_edits_user_id_made_at", "edits")
    with op.batch_alter_table("edits") as table:
        table.drop_column("made_at")
        table.drop_column("kind")
        table.drop_column("undone_at")
        table.create_foreign_key("fk_edits_batch_edit_batches", "edit_batches", ["batch"], ["id"], ondelete="CASCADE")
    op.create_index("ix_edits_batch", "edits", ["batch"])
    op.create_index("ix_edits_row_id", "edits", ["row_id"])
    op.create_index("ix_activities_said_by_user", "activities", ["user_id", "app_name"], sqlite_where=SAID_BY_USER)


def downgrade() -> None:
    """Put each edit's batch back into it."""
    op.drop_index("ix_activities_said_by_user", "activities")
    op.drop_index("ix_edits_row_id", "edits")
    op.drop_index("ix_edits_batch", "edits")
    with op.batch_alter_table("edits") as table:
        table.drop_constraint("fk_edits_batch_edit_batches", type_="foreignkey")
        table.add_column(sa.Column("made_at", UtcDateTime()))
        table.add_column(sa.Column("kind", sa.String(length=50)))
        table.add_column(sa.Column("undone_at", UtcDateTime()))
    for name in ("made_at", "kind", "undone_at"):
        op.execute(f"UPDATE edits SET {name} = (SELECT b.{name} FROM edit_batches b WHERE b.id = edits.batch)")
    with op.batch_alter_table("edits") as table:
        table.alter_column("made_at", existing_type=UtcDateTime(), nullable=False)
        table.alter_column("kind", existing_type=sa.String(length=50), nullable=False)
    op.create_index("ix_edits_user_id_made_at", "edits", ["user_id", "made_at"])
    op.drop_table("edit_batches")


def _batches(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return a row for each batch there is, oldest first."""
    found: dict[str, dict[str, Any]] = {}
    places: dict[str, int] = {}
    query = sa.select(OLD, DAYS.c.local_day).outerjoin_from(OLD, DAYS, DAYS.c.id == OLD.c.row_id)
    for row in connection.execute(query.order_by(OLD.c.made_at, OLD.c.batch)):
        if row.batch not in found:
            places[row.user_id] = places.get(row.user_id, 0) + 1
        batch = found.setdefault(
            row.batch,
            {
                "id": row.batch,
                "user_id": row.user_id,
                "position": places[row.user_id],
                "kind": "change",
                "made_at": row.made_at,
                "undone_at": row.undone_at,
                "row_count": 0,
                "days": [],
            },
        )
        batch["row_count"] += 1
        if row.local_day is not None and row.local_day.isoformat() not in batch["days"]:
            batch["days"].append(row.local_day.isoformat())
    return list(found.values())
