"""The main job: files of matters, evaluations, rounds of the rectification ledger."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_rectification_item_state"), "rectification_item")
    op.create_check_constraint(op.f("ck_rectification_item_state"), "rectification_item", "state IN ('DRAFT', 'CONFIRMED', 'NOTICE_ISSUED', 'DISPUTED', 'PLAN_SUBMITTED', 'PLAN_RETURNED', 'PLAN_APPROVED', 'IN_PROGRESS', 'CLOSE_REQUESTED', 'UNDER_ACCEPTANCE', 'ACCEPTED', 'CLOSED', 'REOPENED', 'MERGED', 'VOIDED', 'REFERRED_CLOSED')")
    op.create_table(
        "clock_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("is_stop", sa.Boolean(), nullable=False),
        sa.Column("runs", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_clock_entry_instance_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_entry")),
    )
    op.create_index("ix_clock_entry_case", "clock_entry", ["instance_id", "id"], unique=False)
    op.create_index(
        op.f("ix_clock_entry_instance_id"), "clock_entry", ["instance_id"], unique=False
    )
    op.create_table(
        "light_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("light", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("days_left", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "light IN ('GREEN', 'YELLOW', 'ORANGE', 'RED')", name=op.f("ck_light_entry_light")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_light_entry_instance_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_light_entry_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_light_entry")),
    )
    op.create_index("ix_light_entry_case", "light_entry", ["instance_id", "id"], unique=False)
    op.create_index(op.f("ix_light_entry_task_id"), "light_entry", ["task_id"], unique=False)
    op.create_table(
        "matter_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_by_name", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('VIEW', 'REQUEST', 'PARTY_GROUP_DECISION', 'COUNTERSIGNATURE', 'INTAKE_CHECK', 'SUPPLEMENT', 'FRAMING', 'LEGALITY', 'STUDY', 'VISIT', 'OPINION', 'EXPERTS', 'HEARING', 'PRIOR_COMMUNICATION', 'REPORT', 'CHANGES_PUT', 'AGENDA_CHECK', 'UPWARD_REQUEST', 'RECALL', 'ADAPTATION', 'TEXT_CHECK', 'HOLD', 'NOTICE', 'DELIVERY', 'EXPLANATION', 'OBJECTION', 'IMPLEMENTATION', 'PUBLICATION', 'NAMED', 'NOTIFIED', 'EVALUATION')",
            name=op.f("ck_matter_record_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_matter_record_document_id")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["actor.id"], name=op.f("fk_matter_record_given_by")),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_matter_record_matter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_record")),
    )
    op.create_index(
        "ix_matter_record_file", "matter_record", ["matter_id", "kind", "id"], unique=False
    )
    op.add_column("matter", sa.Column("round", sa.Integer(), server_default="1", nullable=False))
    op.add_column("rectification_item", sa.Column("reopenings", sa.Integer(), nullable=False))
    op.add_column(
        "stopped_clock", sa.Column("cause", sa.String(), server_default="HAND", nullable=False)
    )
    op.add_column("task", sa.Column("light", sa.Text(), nullable=True))
    op.add_column("task", sa.Column("light_reason", sa.String(), nullable=True))
    op.add_column("task", sa.Column("light_on", sa.Date(), nullable=True))
    op.add_column(
        "task", sa.Column("was_red", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_index(
        "ix_task_light",
        "task",
        [sa.literal_column("light_on NULLS FIRST"), "id"],
        unique=False,
        postgresql_where=sa.text("state = 'OPEN' AND deadline IS NOT NULL"),
    )
    upgrade_clocks()


def upgrade_clocks() -> None:
    op.drop_constraint("pk_stopped_clock", "stopped_clock", type_="primary")
    op.create_primary_key("pk_stopped_clock", "stopped_clock", ["instance_id", "clock", "cause"])


def downgrade() -> None:
    op.drop_index(
        "ix_task_light",
        table_name="task",
        postgresql_where=sa.text("state = 'OPEN' AND deadline IS NOT NULL"),
    )
    op.drop_column("task", "was_red")
    op.drop_column("task", "light_on")
    op.drop_column("task", "light_reason")
    op.drop_column("task", "light")
    op.drop_column("stopped_clock", "cause")
    op.drop_column("rectification_item", "reopenings")
    op.drop_column("matter", "round")
    op.drop_index("ix_matter_record_file", table_name="matter_record")
    op.drop_table("matter_record")
    op.drop_index(op.f("ix_light_entry_task_id"), table_name="light_entry")
    op.drop_index("ix_light_entry_case", table_name="light_entry")
    op.drop_table("light_entry")
    op.drop_index(op.f("ix_clock_entry_instance_id"), table_name="clock_entry")
    op.drop_index("ix_clock_entry_case", table_name="clock_entry")
    op.drop_table("clock_entry")
