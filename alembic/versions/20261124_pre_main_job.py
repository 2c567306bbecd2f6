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
    op.create_check_constraint(
        op.f("ck_rectification_item_state"),
        "rectification_item",
        "state IN ('DRAFT', 'CONFIRMED', 'NOTICE_ISSUED', 'DISPUTED', 'PLAN_SUBMITTED', 'PLAN_RETURNED', 'PLAN_APPROVED', 'IN_PROGRESS', 'CLOSE_REQUESTED', 'UNDER_ACCEPTANCE', 'ACCEPTED', 'CLOSED', 'REOPENED', 'MERGED', 'VOIDED', 'REFERRED_CLOSED')",
    )
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
        "evaluation",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("end_text", sa.String(), nullable=False),
        sa.Column("deltas", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "request", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "ledger", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "measures", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "judged", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "plan", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("needs_experts", sa.Boolean(), nullable=False),
        sa.Column("third_party", sa.String(), nullable=True),
        sa.Column(
            "workload", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "review", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "false_calls", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("discussion", sa.String(), nullable=False),
        sa.Column(
            "hits", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("is_short", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Float(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column(
            "report", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=True),
        sa.Column("comments", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("report_document_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "end_reason IN ('declined', 'overdue', 'withdrawn', 'false_materials', 'parent_ended')",
            name=op.f("ck_evaluation_end_reason"),
        ),
        sa.CheckConstraint(
            "result IN ('RECOMMEND', 'RECOMMEND_REDUCED', 'ALTERNATIVE', 'NOT_RECOMMEND')",
            name=op.f("ck_evaluation_result"),
        ),
        sa.CheckConstraint(
            "state IN ('REQUESTED', 'DECLINED', 'IN_WORK', 'COMPLETED', 'LAPSED', 'TERMINATED')",
            name=op.f("ck_evaluation_state"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_evaluation_body_id")),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["actor.id"], name=op.f("fk_evaluation_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["actor.id"], name=op.f("fk_evaluation_drafted_by")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_evaluation_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["planned_by"], ["actor.id"], name=op.f("fk_evaluation_planned_by")
        ),
        sa.ForeignKeyConstraint(
            ["report_document_id"], ["document.id"], name=op.f("fk_evaluation_report_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["actor.id"], name=op.f("fk_evaluation_requested_by")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["actor.id"], name=op.f("fk_evaluation_reviewed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
    )
    op.create_index("ix_evaluation_body", "evaluation", ["body_id", "state"], unique=False)
    op.create_index(op.f("ix_evaluation_instance_id"), "evaluation", ["instance_id"], unique=False)
    op.create_index("ix_evaluation_list", "evaluation", ["requested_at", "id"], unique=False)
    op.create_index("ix_evaluation_matter", "evaluation", ["matter_id"], unique=False)
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
        "evaluation_expert_opinion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("expert_name", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signed_document_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluation_id"],
            ["evaluation.id"],
            name=op.f("fk_evaluation_expert_opinion_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["actor.id"], name=op.f("fk_evaluation_expert_opinion_expert_id")
        ),
        sa.ForeignKeyConstraint(
            ["signed_document_id"],
            ["document.id"],
            name=op.f("fk_evaluation_expert_opinion_signed_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_expert_opinion")),
    )
    op.create_index(
        op.f("ix_evaluation_expert_opinion_evaluation_id"),
        "evaluation_expert_opinion",
        ["evaluation_id"],
        unique=False,
    )
    op.create_table(
        "evaluation_member",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("has_conflict", sa.Boolean(), nullable=True),
        sa.Column("declaration", sa.String(), nullable=False),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", sa.Uuid(), nullable=True),
        sa.Column("replaced_reason", sa.String(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role IN ('LEAD', 'MEMBER')", name=op.f("ck_evaluation_member_role")),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_member_evaluation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["actor.id"], name=op.f("fk_evaluation_member_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["actor.id"], name=op.f("fk_evaluation_member_replaced_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_member")),
        sa.UniqueConstraint(
            "evaluation_id", "person_id", name=op.f("uq_evaluation_member_evaluation_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_evaluation_member_evaluation_id"),
        "evaluation_member",
        ["evaluation_id"],
        unique=False,
    )
    op.create_table(
        "evaluation_score",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("first_score", sa.Float(), nullable=True),
        sa.Column("change_reason", sa.String(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("char_length(btrim(text)) >= 50", name=op.f("ck_evaluation_score_text")),
        sa.CheckConstraint(
            "score >= 0 AND score <= points", name=op.f("ck_evaluation_score_score")
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_score_evaluation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["actor.id"], name=op.f("fk_evaluation_score_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_score")),
    )
    op.create_index(
        op.f("ix_evaluation_score_evaluation_id"),
        "evaluation_score",
        ["evaluation_id"],
        unique=False,
    )
    op.create_index(
        "uq_evaluation_score_valid",
        "evaluation_score",
        ["evaluation_id", "person_id", "indicator"],
        unique=True,
        postgresql_where=sa.text("NOT is_void"),
    )
    op.create_table(
        "evaluation_self_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("evidence", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["actor.id"], name=op.f("fk_evaluation_self_answer_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"],
            ["evaluation.id"],
            name=op.f("fk_evaluation_self_answer_evaluation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_self_answer")),
    )
    op.create_index(
        op.f("ix_evaluation_self_answer_evaluation_id"),
        "evaluation_self_answer",
        ["evaluation_id"],
        unique=False,
    )
    op.create_table(
        "matter_objection",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("filed_by_name", sa.String(), nullable=False),
        sa.Column("filed_by", sa.Uuid(), nullable=True),
        sa.Column("end_signed_by", sa.Uuid(), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column(
            "struck_hits", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_document_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9')",
            name=op.f("ck_matter_objection_outcome"),
        ),
        sa.CheckConstraint(
            "result IN ('UPHELD', 'DISMISSED')", name=op.f("ck_matter_objection_result")
        ),
        sa.ForeignKeyConstraint(
            ["answer_document_id"],
            ["document.id"],
            name=op.f("fk_matter_objection_answer_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["actor.id"], name=op.f("fk_matter_objection_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["end_signed_by"], ["actor.id"], name=op.f("fk_matter_objection_end_signed_by")
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["actor.id"], name=op.f("fk_matter_objection_filed_by")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_matter_objection_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_matter_objection_matter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_objection")),
    )
    op.create_index(
        op.f("ix_matter_objection_instance_id"), "matter_objection", ["instance_id"], unique=False
    )
    op.create_index(
        op.f("ix_matter_objection_matter_id"), "matter_objection", ["matter_id"], unique=False
    )
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
            "kind IN ('VIEW', 'REQUEST', 'PARTY_GROUP_DECISION', 'COUNTERSIGNATURE', 'INTAKE_CHECK', 'SUPPLEMENT', 'FRAMING', 'LEGALITY', 'STUDY', 'VISIT', 'OPINION', 'EXPERTS', 'HEARING', 'PRIOR_COMMUNICATION', 'REPORT', 'CHANGES_PUT', 'AGENDA_CHECK', 'UPWARD_REQUEST', 'RECALL', 'ADAPTATION', 'TEXT_CHECK', 'HOLD', 'NOTICE', 'DELIVERY', 'EXPLANATION', 'WITHDRAWAL', 'OBJECTION', 'IMPLEMENTATION', 'PUBLICATION', 'NAMED', 'NOTIFIED', 'EVALUATION')",
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
    op.create_table(
        "opinion_request",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("deltas_number", sa.Integer(), nullable=False),
        sa.Column("questions", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_by_name", sa.String(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "opinion IN ('AGREE', 'AGREE_WITH_CHANGES', 'OBJECT', 'NO_OPINION')",
            name=op.f("ck_opinion_request_opinion"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_opinion_request_body_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_opinion_request_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["actor.id"], name=op.f("fk_opinion_request_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_opinion_request_matter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_request")),
    )
    op.create_index(
        op.f("ix_opinion_request_body_id"), "opinion_request", ["body_id"], unique=False
    )
    op.create_index(
        "ix_opinion_request_matter",
        "opinion_request",
        ["matter_id", "asked_at", "id"],
        unique=False,
    )
    op.add_column("matter", sa.Column("round", sa.Integer(), server_default="1", nullable=False))
    op.add_column("matter", sa.Column("source_case", sa.String(), nullable=True))
    op.add_column("matter", sa.Column("gate_point", sa.Text(), nullable=True))
    op.add_column("matter", sa.Column("evaluation_needed", sa.Boolean(), nullable=True))
    op.add_column("matter", sa.Column("legality", sa.Text(), nullable=True))
    op.add_column("matter", sa.Column("recommendation", sa.Text(), nullable=True))
    op.add_column(
        "matter", sa.Column("appraisal_rounds", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("matter", sa.Column("superior_level", sa.String(), nullable=True))
    op.add_column(
        "matter",
        sa.Column(
            "facts", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
    )
    op.add_column(
        "matter",
        sa.Column(
            "prohibitions",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
        ),
    )
    op.add_column(
        "matter",
        sa.Column(
            "missing", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
    )
    op.add_column("matter", sa.Column("upward_document_id", sa.Uuid(), nullable=True))
    op.add_column("matter", sa.Column("superior_reminded_on", sa.Date(), nullable=True))
    op.add_column("matter", sa.Column("replied_number", sa.Integer(), nullable=True))
    op.add_column(
        "matter", sa.Column("supplement_rounds", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("matter", sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("matter", sa.Column("explained_on", sa.Date(), nullable=True))
    op.add_column("matter", sa.Column("explanation_signed_by", sa.Uuid(), nullable=True))
    op.add_column("matter", sa.Column("received_on", sa.Date(), nullable=True))
    op.create_foreign_key(
        op.f("fk_matter_explanation_signed_by"),
        "matter",
        "actor",
        ["explanation_signed_by"],
        ["id"],
    )
    op.create_foreign_key(
        op.f("fk_matter_upward_document_id"), "matter", "document", ["upward_document_id"], ["id"]
    )
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
    op.drop_constraint(op.f("fk_matter_upward_document_id"), "matter", type_="foreignkey")
    op.drop_constraint(op.f("fk_matter_explanation_signed_by"), "matter", type_="foreignkey")
    op.drop_column("matter", "received_on")
    op.drop_column("matter", "explanation_signed_by")
    op.drop_column("matter", "explained_on")
    op.drop_column("matter", "admitted_at")
    op.drop_column("matter", "supplement_rounds")
    op.drop_column("matter", "replied_number")
    op.drop_column("matter", "superior_reminded_on")
    op.drop_column("matter", "upward_document_id")
    op.drop_column("matter", "missing")
    op.drop_column("matter", "prohibitions")
    op.drop_column("matter", "facts")
    op.drop_column("matter", "superior_level")
    op.drop_column("matter", "appraisal_rounds")
    op.drop_column("matter", "recommendation")
    op.drop_column("matter", "legality")
    op.drop_column("matter", "evaluation_needed")
    op.drop_column("matter", "gate_point")
    op.drop_column("matter", "source_case")
    op.drop_column("matter", "round")
    op.drop_index("ix_opinion_request_matter", table_name="opinion_request")
    op.drop_index(op.f("ix_opinion_request_body_id"), table_name="opinion_request")
    op.drop_table("opinion_request")
    op.drop_index("ix_matter_record_file", table_name="matter_record")
    op.drop_table("matter_record")
    op.drop_index(op.f("ix_matter_objection_matter_id"), table_name="matter_objection")
    op.drop_index(op.f("ix_matter_objection_instance_id"), table_name="matter_objection")
    op.drop_table("matter_objection")
    op.drop_index(
        op.f("ix_evaluation_self_answer_evaluation_id"), table_name="evaluation_self_answer"
    )
    op.drop_table("evaluation_self_answer")
    op.drop_index(
        "uq_evaluation_score_valid",
        table_name="evaluation_score",
        postgresql_where=sa.text("NOT is_void"),
    )
    op.drop_index(op.f("ix_evaluation_score_evaluation_id"), table_name="evaluation_score")
    op.drop_table("evaluation_score")
    op.drop_index(op.f("ix_evaluation_member_evaluation_id"), table_name="evaluation_member")
    op.drop_table("evaluation_member")
    op.drop_index(
        op.f("ix_evaluation_expert_opinion_evaluation_id"), table_name="evaluation_expert_opinion"
    )
    op.drop_table("evaluation_expert_opinion")
    op.drop_index(op.f("ix_light_entry_task_id"), table_name="light_entry")
    op.drop_index("ix_light_entry_case", table_name="light_entry")
    op.drop_table("light_entry")
    op.drop_index("ix_evaluation_matter", table_name="evaluation")
    op.drop_index("ix_evaluation_list", table_name="evaluation")
    op.drop_index(op.f("ix_evaluation_instance_id"), table_name="evaluation")
    op.drop_index("ix_evaluation_body", table_name="evaluation")
    op.drop_table("evaluation")
    op.drop_index(op.f("ix_clock_entry_instance_id"), table_name="clock_entry")
    op.drop_index("ix_clock_entry_case", table_name="clock_entry")
    op.drop_table("clock_entry")
