"""Let an activity carry a note, what showed presence without input, and where it came from.

Revision: 0002, follows 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (("note", 1000), ("presence", 20), ("origin", 20))


def upgrade() -> None:
    """Add the columns, in place: a rebuild would copy millions of rows."""
    for name, length in COLUMNS:
        op.add_column("activities", sa.Column(name, sa.String(length=length)))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("activities") as table:
        for name, _length in COLUMNS:
            table.drop_column(name)
