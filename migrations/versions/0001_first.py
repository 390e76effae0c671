"""Make all tables.

Revision: 0001, the first
"""

import sqlalchemy as sa
from alembic import op

from productify.store.schema.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "users",
    "user_settings",
    "activities",
    "input_gaps",
    "screenshots",
    "categories",
    "classification_rules",
    "goals",
    "focus_sessions",
    "work_sessions",
    "teams",
    "team_members",
    "team_invites",
    "integrations",
    "calendar_events",
    "rollup_days",
    "rollup_facts",
    "rollup_dirty",
    "edits",
)
"""In an order in which each finds the tables it points to."""


def upgrade() -> None:
    """Make the tables and their indexes."""
    _account()
    _activity()
    _rules()
    _plans()
    _teams()
    _integrations()
    _rollups()
    _edits()


def downgrade() -> None:
    """Drop the tables, those that point to others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _account() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("hashed_password", sa.String(length=255)),
        sa.Column("name", sa.String(length=100)),
        sa.Column("avatar_url", sa.String(length=500)),
        sa.Column("plan", sa.String(length=50), nullable=False),
        sa.Column("stripe_customer_id", sa.String(length=255)),
        sa.Column("stripe_subscription_id", sa.String(length=255)),
        sa.Column("trial_ends_at", UtcDateTime()),
        sa.Column("is_trial_active", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("google_id", sa.String(length=255)),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("last_login_at", UtcDateTime()),
        sa.Column("onboarding_completed", sa.Boolean(), nullable=False),
        sa.Column("profile_type", sa.String(length=50)),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
    )
    op.create_index("ix_users_email", "users", ["email"], unique=True)
    op.create_index("ix_users_google_id", "users", ["google_id"])
    op.create_index("ix_users_stripe_customer_id", "users", ["stripe_customer_id"])

    op.create_table(
        "user_settings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("start_on_boot", sa.Boolean(), nullable=False),
        sa.Column("tracking_enabled", sa.Boolean(), nullable=False),
        sa.Column("screenshots_enabled", sa.Boolean(), nullable=False),
        sa.Column("screenshot_interval", sa.Integer(), nullable=False),
        sa.Column("screenshot_quality", sa.String(length=20), nullable=False),
        sa.Column("blur_screenshots", sa.Boolean(), nullable=False),
        sa.Column("incognito_mode", sa.Boolean(), nullable=False),
        sa.Column("data_retention_days", sa.Integer(), nullable=False),
        sa.Column("notifications_enabled", sa.Boolean(), nullable=False),
        sa.Column("break_reminders", sa.Boolean(), nullable=False),
        sa.Column("idle_timeout", sa.Integer(), nullable=False),
        sa.Column("track_idle", sa.Boolean(), nullable=False),
        sa.Column("openai_api_key", sa.String(length=500)),
        sa.Column("more", sa.JSON(none_as_null=True)),
        sa.Column("state", sa.JSON(none_as_null=True)),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_settings_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_user_settings"),
        sa.UniqueConstraint("user_id", name="uq_user_settings_user_id"),
    )


def _activity() -> None:
    op.create_table(
        "activities",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("app_name", sa.String(length=255), nullable=False),
        sa.Column("window_title", sa.String(length=1000)),
        sa.Column("url", sa.String(length=2000)),
        sa.Column("category", sa.String(length=100)),
        sa.Column("is_productive", sa.Boolean()),
        sa.Column("is_afk", sa.Boolean(), nullable=False),
        sa.Column("start_time", UtcDateTime(), nullable=False),
        sa.Column("end_time", UtcDateTime()),
        sa.Column("duration", sa.Integer()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("app_id", sa.String(length=255)),
        sa.Column("site", sa.String(length=255)),
        sa.Column("productivity", sa.SmallInteger()),
        sa.Column("classified_by", sa.String(length=20)),
        sa.Column("cause", sa.String(length=20)),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("tz_min", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_activities_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_activities"),
    )
    op.create_index("ix_activities_app_name", "activities", ["app_name"])
    op.create_index("ix_activities_start_time", "activities", ["start_time"])
    op.create_index("ix_activities_user_id", "activities", ["user_id"])
    op.create_index("ix_activities_user_id_start_time", "activities", ["user_id", "start_time"])

    op.create_table(
        "input_gaps",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("start_time", UtcDateTime(), nullable=False),
        sa.Column("end_time", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_input_gaps_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_input_gaps"),
    )
    op.create_index("ix_input_gaps_user_id_start_time", "input_gaps", ["user_id", "start_time"])

    op.create_table(
        "screenshots",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("file_path", sa.String(length=1000), nullable=False),
        sa.Column("cloud_url", sa.String(length=2000)),
        sa.Column("thumbnail_url", sa.String(length=2000)),
        sa.Column("app_name", sa.String(length=255)),
        sa.Column("window_title", sa.String(length=1000)),
        sa.Column("is_blurred", sa.Boolean(), nullable=False),
        sa.Column("file_size", sa.Integer()),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("captured_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_screenshots_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_screenshots"),
    )
    op.create_index("ix_screenshots_captured_at", "screenshots", ["captured_at"])
    op.create_index("ix_screenshots_user_id", "screenshots", ["user_id"])


def _rules() -> None:
    op.create_table(
        "categories",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("user_id", sa.String(length=36)),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("parent", sa.String(length=100)),
        sa.Column("colour", sa.String(length=50), nullable=False),
        sa.Column("icon", sa.String(length=50), nullable=False),
        sa.Column("counts_focus", sa.Boolean(), nullable=False),
        sa.Column("counts_work", sa.Boolean(), nullable=False),
        sa.Column("productivity", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_categories_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_categories"),
    )

    op.create_table(
        "classification_rules",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36)),
        sa.Column("app_name", sa.String(length=255)),
        sa.Column("url_pattern", sa.String(length=500)),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("is_productive", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("productivity", sa.SmallInteger()),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_classification_rules_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_classification_rules"),
    )
    op.create_index("ix_classification_rules_app_name", "classification_rules", ["app_name"])
    op.create_index("ix_classification_rules_user_id", "classification_rules", ["user_id"])


def _plans() -> None:
    op.create_table(
        "goals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("type", sa.String(length=50), nullable=False),
        sa.Column("target_hours", sa.Float(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_goals_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_goals"),
    )
    op.create_index("ix_goals_user_id", "goals", ["user_id"])

    op.create_table(
        "focus_sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=255)),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("actual_duration", sa.Integer()),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("blocked_apps", sa.JSON(none_as_null=True)),
        sa.Column("blocked_websites", sa.JSON(none_as_null=True)),
        sa.Column("distraction_count", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_focus_sessions_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_focus_sessions"),
    )
    op.create_index("ix_focus_sessions_status", "focus_sessions", ["status"])
    op.create_index("ix_focus_sessions_user_id", "focus_sessions", ["user_id"])

    op.create_table(
        "work_sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=255)),
        sa.Column("description", sa.Text()),
        sa.Column("project", sa.String(length=255)),
        sa.Column("tags", sa.JSON(none_as_null=True)),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("duration", sa.Integer()),
        sa.Column("is_billable", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_work_sessions_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_work_sessions"),
    )
    op.create_index("ix_work_sessions_started_at", "work_sessions", ["started_at"])
    op.create_index("ix_work_sessions_user_id", "work_sessions", ["user_id"])


def _teams() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text()),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("plan", sa.String(length=50), nullable=False),
        sa.Column("max_members", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(none_as_null=True)),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_teams_owner_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
    )
    op.create_index("ix_teams_owner_id", "teams", ["owner_id"])

    op.create_table(
        "team_members",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("invited_by", sa.String(length=36)),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["users.id"], name="fk_team_members_invited_by_users", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_team_members_team_id_teams", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_team_members_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_team_members"),
        sa.UniqueConstraint("team_id", "user_id", name="uq_team_members_team_id_user_id"),
    )

    op.create_table(
        "team_invites",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=255), nullable=False),
        sa.Column("invited_by", sa.String(length=36), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["users.id"], name="fk_team_invites_invited_by_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_team_invites_team_id_teams", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_team_invites"),
    )
    op.create_index("ix_team_invites_email", "team_invites", ["email"])
    op.create_index("ix_team_invites_token", "team_invites", ["token"], unique=True)


def _integrations() -> None:
    op.create_table(
        "integrations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("provider", sa.String(length=50), nullable=False),
        sa.Column("access_token", sa.String(length=1000)),
        sa.Column("refresh_token", sa.String(length=1000)),
        sa.Column("token_expires_at", UtcDateTime()),
        sa.Column("provider_user_id", sa.String(length=255)),
        sa.Column("metadata", sa.JSON(none_as_null=True)),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_integrations_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_integrations"),
        sa.UniqueConstraint("user_id", "provider", name="uq_integrations_user_id_provider"),
    )

    op.create_table(
        "calendar_events",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("integration_id", sa.String(length=36), nullable=False),
        sa.Column("external_id", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=500)),
        sa.Column("description", sa.Text()),
        sa.Column("start_time", UtcDateTime(), nullable=False),
        sa.Column("end_time", UtcDateTime(), nullable=False),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("location", sa.String(length=500)),
        sa.Column("attendees", sa.JSON(none_as_null=True)),
        sa.Column("is_meeting", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["integration_id"],
            ["integrations.id"],
            name="fk_calendar_events_integration_id_integrations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_calendar_events_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_events"),
    )
    op.create_index("ix_calendar_events_start_time", "calendar_events", ["start_time"])
    op.create_index("ix_calendar_events_user_id", "calendar_events", ["user_id"])


def _rollups() -> None:
    op.create_table(
        "rollup_days",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("app_name", sa.String(length=255), nullable=False),
        sa.Column("app_id", sa.String(length=255), nullable=False),
        sa.Column("site", sa.String(length=255), nullable=False),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("productivity", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_rollup_days_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "user_id",
            "local_day",
            "app_name",
            "app_id",
            "site",
            "category",
            "productivity",
            "cause",
            name="pk_rollup_days",
        ),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "rollup_facts",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("productive", sa.BigInteger(), nullable=False),
        sa.Column("neutral", sa.BigInteger(), nullable=False),
        sa.Column("distracting", sa.BigInteger(), nullable=False),
        sa.Column("idle", sa.BigInteger(), nullable=False),
        sa.Column("unclassified", sa.BigInteger(), nullable=False),
        sa.Column("private", sa.BigInteger(), nullable=False),
        sa.Column("focus_start", UtcDateTime()),
        sa.Column("focus_end", UtcDateTime()),
        sa.Column("first_active", UtcDateTime()),
        sa.Column("last_active", UtcDateTime()),
        sa.Column("top", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("runs", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_rollup_facts_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "local_day", name="pk_rollup_facts"),
    )

    op.create_table(
        "rollup_dirty",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_rollup_dirty_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "local_day", name="pk_rollup_dirty"),
    )


def _edits() -> None:
    op.create_table(
        "edits",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("table_name", sa.String(length=50), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True)),
        sa.Column("after", sa.JSON(none_as_null=True)),
        sa.Column("batch", sa.String(length=36), nullable=False),
        sa.Column("undone_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_edits_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_edits"),
    )
    op.create_index("ix_edits_user_id_made_at", "edits", ["user_id", "made_at"])
