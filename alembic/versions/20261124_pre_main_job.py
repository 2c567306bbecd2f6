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
        "body_limit",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counted", sa.String(), nullable=False),
        sa.Column("bodies", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("counted", name=op.f("pk_body_limit")),
    )
    op.create_table(
        "opinion_role",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("body_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "role IN ('FINANCE', 'ORGANISATION', 'HR', 'JUSTICE', 'SECRECY')",
            name=op.f("ck_opinion_role_role"),
        ),
        sa.PrimaryKeyConstraint("role", name=op.f("pk_opinion_role")),
    )
    op.create_table(
        "post_standard",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("posts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "rank IN ('ZHENGTING', 'FUTING', 'ZHENGCHU', 'FUCHU', 'ZHENGKE', 'FUKE', 'ZHENGGU', 'FUGU', 'UNRANKED', 'OTHER')",
            name=op.f("ck_post_standard_rank"),
        ),
        sa.PrimaryKeyConstraint("rank", name=op.f("pk_post_standard")),
    )
    op.create_table(
        "body_standing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("has_overdue_exits", sa.Boolean(), nullable=False),
        sa.Column("is_dishonest", sa.Boolean(), nullable=False),
        sa.Column("last_grade", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_by_name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "last_grade IN ('EXCELLENT', 'GOOD', 'FAIR', 'POOR', 'NONE')",
            name=op.f("ck_body_standing_last_grade"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_standing_body_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_body_standing_document_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["actor.id"], name=op.f("fk_body_standing_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_standing")),
    )
    op.create_index(
        "ix_body_standing_body", "body_standing", ["body_id", "set_at", "id"], unique=False
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
        "quarter_report",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "lines", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("evidence", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("compiled_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('COMPILED', 'DRAFTED', 'ISSUED')", name=op.f("ck_quarter_report_state")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["actor.id"], name=op.f("fk_quarter_report_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_quarter_report_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["document_draft.id"], name=op.f("fk_quarter_report_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_quarter_report_instance_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarter_report")),
        sa.UniqueConstraint("year", "quarter", name=op.f("uq_quarter_report_year_quarter")),
    )
    op.create_index(
        op.f("ix_quarter_report_document_id"), "quarter_report", ["document_id"], unique=False
    )
    op.create_index(
        op.f("ix_quarter_report_draft_id"), "quarter_report", ["draft_id"], unique=False
    )
    op.create_index(
        op.f("ix_quarter_report_instance_id"), "quarter_report", ["instance_id"], unique=False
    )
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
        "item_light",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("light", sa.String(), nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_item_light_item_id")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_light")),
    )
    op.create_table(
        "item_light_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("light", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("days_left", sa.Integer(), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_item_light_entry_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_light_entry")),
    )
    op.create_index("ix_item_light_entry_item", "item_light_entry", ["item_id", "id"], unique=False)
    op.create_table(
        "rectification_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("about_on", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason IN ('PLAN', 'MILESTONE', 'PROGRESS', 'OVERDUE')",
            name=op.f("ck_rectification_reminder_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_reminder_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_reminder")),
    )
    op.create_index(
        op.f("ix_rectification_reminder_item_id"),
        "rectification_reminder",
        ["item_id"],
        unique=False,
    )
    op.create_table(
        "look_back_round",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column(
            "shares", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("reported_by", sa.Uuid(), nullable=True),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=True),
        sa.Column("minutes_document_id", sa.Uuid(), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('OPEN', 'CLOSED')", name=op.f("ck_look_back_round_state")),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_look_back_round_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_look_back_round_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_document_id"],
            ["document.id"],
            name=op.f("fk_look_back_round_minutes_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reported_by"], ["actor.id"], name=op.f("fk_look_back_round_reported_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_back_round")),
        sa.UniqueConstraint("from_on", name=op.f("uq_look_back_round_from_on")),
    )
    op.create_index(
        op.f("ix_look_back_round_agenda_item_id"),
        "look_back_round",
        ["agenda_item_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_look_back_round_instance_id"), "look_back_round", ["instance_id"], unique=False
    )
    op.create_index(
        op.f("ix_look_back_round_minutes_document_id"),
        "look_back_round",
        ["minutes_document_id"],
        unique=False,
    )
    op.create_table(
        "reconciliation_round",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "settlements",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=True),
        sa.Column("minutes_document_id", sa.Uuid(), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('OPEN', 'CLOSED')", name=op.f("ck_reconciliation_round_state")
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_reconciliation_round_agenda_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_reconciliation_round_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_document_id"],
            ["document.id"],
            name=op.f("fk_reconciliation_round_minutes_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["actor.id"], name=op.f("fk_reconciliation_round_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_round")),
        sa.UniqueConstraint("year", name=op.f("uq_reconciliation_round_year")),
    )
    op.create_index(
        op.f("ix_reconciliation_round_agenda_item_id"),
        "reconciliation_round",
        ["agenda_item_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reconciliation_round_instance_id"),
        "reconciliation_round",
        ["instance_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reconciliation_round_minutes_document_id"),
        "reconciliation_round",
        ["minutes_document_id"],
        unique=False,
    )
    op.create_table(
        "rectification_campaign",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("hidden_risk", sa.Text(), nullable=True),
        sa.Column("hidden_risk_by", sa.Uuid(), nullable=True),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("closing_item_id", sa.Uuid(), nullable=True),
        sa.Column("minutes_document_id", sa.Uuid(), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('OPEN', 'CLEARED', 'ENDED_WITH_OPEN_ITEMS')",
            name=op.f("ck_rectification_campaign_state"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_rectification_campaign_agenda_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["closing_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_rectification_campaign_closing_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_rectification_campaign_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["document_draft.id"], name=op.f("fk_rectification_campaign_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["hidden_risk_by"], ["actor.id"], name=op.f("fk_rectification_campaign_hidden_risk_by")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_rectification_campaign_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_document_id"],
            ["document.id"],
            name=op.f("fk_rectification_campaign_minutes_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["planned_by"], ["actor.id"], name=op.f("fk_rectification_campaign_planned_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_campaign")),
        sa.UniqueConstraint("number", name=op.f("uq_rectification_campaign_number")),
    )
    op.create_index(
        op.f("ix_rectification_campaign_agenda_item_id"),
        "rectification_campaign",
        ["agenda_item_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rectification_campaign_closing_item_id"),
        "rectification_campaign",
        ["closing_item_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rectification_campaign_document_id"),
        "rectification_campaign",
        ["document_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rectification_campaign_draft_id"),
        "rectification_campaign",
        ["draft_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rectification_campaign_instance_id"),
        "rectification_campaign",
        ["instance_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rectification_campaign_minutes_document_id"),
        "rectification_campaign",
        ["minutes_document_id"],
        unique=False,
    )
    op.create_table(
        "campaign_answer",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column(
            "problems", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("sealed_document_id", sa.Uuid(), nullable=True),
        sa.Column("pressed", sa.Text(), nullable=False),
        sa.Column("talk", sa.Text(), nullable=True),
        sa.Column("talk_by", sa.Uuid(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "pressed IN ('NONE', 'REMIND', 'TALK', 'OFFICE_MEETING')",
            name=op.f("ck_campaign_answer_pressed"),
        ),
        sa.CheckConstraint(
            "state IN ('ASKED', 'PROBLEMS', 'NO_PROBLEM', 'NOT_ANSWERED')",
            name=op.f("ck_campaign_answer_state"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["actor.id"], name=op.f("fk_campaign_answer_answered_by")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_campaign_answer_body_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["rectification_campaign.id"],
            name=op.f("fk_campaign_answer_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["sealed_document_id"],
            ["document.id"],
            name=op.f("fk_campaign_answer_sealed_document_id"),
        ),
        sa.ForeignKeyConstraint(["talk_by"], ["actor.id"], name=op.f("fk_campaign_answer_talk_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_answer")),
        sa.UniqueConstraint(
            "campaign_id", "body_id", name=op.f("uq_campaign_answer_campaign_id_body_id")
        ),
    )
    op.create_index(
        op.f("ix_campaign_answer_body_id"), "campaign_answer", ["body_id"], unique=False
    )
    op.create_index(
        op.f("ix_campaign_answer_campaign_id"), "campaign_answer", ["campaign_id"], unique=False
    )
    op.create_index(
        op.f("ix_campaign_answer_sealed_document_id"),
        "campaign_answer",
        ["sealed_document_id"],
        unique=False,
    )
    op.create_table(
        "campaign_chart",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("charted_on", sa.Date(), nullable=False),
        sa.Column("cleared", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("bodies", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["rectification_campaign.id"],
            name=op.f("fk_campaign_chart_campaign_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_chart")),
    )
    op.create_index(
        op.f("ix_campaign_chart_campaign_id"), "campaign_chart", ["campaign_id"], unique=False
    )
    op.create_table(
        "look_back_check",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("barred", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("evidence", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "severity IN ('LOW', 'MEDIUM', 'HIGH')", name=op.f("ck_look_back_check_severity")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_look_back_check_body_id")),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["actor.id"], name=op.f("fk_look_back_check_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_look_back_check_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["look_back_round.id"], name=op.f("fk_look_back_check_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_back_check")),
        sa.UniqueConstraint(
            "round_id", "item_id", name=op.f("uq_look_back_check_round_id_item_id")
        ),
    )
    op.create_index(
        op.f("ix_look_back_check_body_id"), "look_back_check", ["body_id"], unique=False
    )
    op.create_index(
        op.f("ix_look_back_check_item_id"), "look_back_check", ["item_id"], unique=False
    )
    op.create_index(
        op.f("ix_look_back_check_round_id"), "look_back_check", ["round_id"], unique=False
    )
    op.create_table(
        "matter_evaluation_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_matter_evaluation_plan_matter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_evaluation_plan")),
    )
    op.create_index(
        op.f("ix_matter_evaluation_plan_matter_id"),
        "matter_evaluation_plan",
        ["matter_id"],
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
    op.create_table(
        "reconciliation_answer",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("numbers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "differences",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column("pressed_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('ASKED', 'CONFIRMED', 'DIFFERS', 'NOT_CONFIRMED')",
            name=op.f("ck_reconciliation_answer_state"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["actor.id"], name=op.f("fk_reconciliation_answer_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_reconciliation_answer_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reconciliation_round.id"],
            name=op.f("fk_reconciliation_answer_round_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_answer")),
        sa.UniqueConstraint(
            "round_id", "body_id", name=op.f("uq_reconciliation_answer_round_id_body_id")
        ),
    )
    op.create_index(
        op.f("ix_reconciliation_answer_body_id"), "reconciliation_answer", ["body_id"], unique=False
    )
    op.create_index(
        op.f("ix_reconciliation_answer_round_id"),
        "reconciliation_answer",
        ["round_id"],
        unique=False,
    )
    op.add_column("decision_evaluation", sa.Column("instance_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_decision_evaluation_case",
        "decision_evaluation",
        ["instance_id", "decision_key", "id"],
        unique=False,
    )
    op.create_foreign_key(
        op.f("fk_decision_evaluation_instance_id"),
        "decision_evaluation",
        "instance",
        ["instance_id"],
        ["id"],
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
    op.add_column(
        "matter", sa.Column("superior_level", sa.String(), server_default="", nullable=False)
    )
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
        op.f("fk_matter_upward_document_id"), "matter", "document", ["upward_document_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_matter_explanation_signed_by"),
        "matter",
        "actor",
        ["explanation_signed_by"],
        ["id"],
    )
    op.add_column("rectification_item", sa.Column("long_term_reason", sa.String(), nullable=True))
    op.add_column(
        "rectification_item",
        sa.Column(
            "targets", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
    )
    op.add_column("rectification_item", sa.Column("long_term_minutes_id", sa.Uuid(), nullable=True))
    op.add_column("rectification_item", sa.Column("reopenings", sa.Integer(), nullable=False))
    op.create_foreign_key(
        op.f("fk_rectification_item_long_term_minutes_id"),
        "rectification_item",
        "document",
        ["long_term_minutes_id"],
        ["id"],
    )
    op.add_column(
        "stopped_clock", sa.Column("cause", sa.String(), server_default="HAND", nullable=False)
    )
    op.add_column("task", sa.Column("light", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_task_light"), "task", "light IN ('GREEN', 'YELLOW', 'ORANGE', 'RED')"
    )
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
    op.drop_constraint(
        op.f("fk_rectification_item_long_term_minutes_id"), "rectification_item", type_="foreignkey"
    )
    op.drop_column("rectification_item", "reopenings")
    op.drop_column("rectification_item", "long_term_minutes_id")
    op.drop_column("rectification_item", "targets")
    op.drop_column("rectification_item", "long_term_reason")
    op.drop_constraint(op.f("fk_matter_explanation_signed_by"), "matter", type_="foreignkey")
    op.drop_constraint(op.f("fk_matter_upward_document_id"), "matter", type_="foreignkey")
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
    op.drop_constraint(
        op.f("fk_decision_evaluation_instance_id"), "decision_evaluation", type_="foreignkey"
    )
    op.drop_index("ix_decision_evaluation_case", table_name="decision_evaluation")
    op.drop_column("decision_evaluation", "instance_id")
    op.drop_index(op.f("ix_reconciliation_answer_round_id"), table_name="reconciliation_answer")
    op.drop_index(op.f("ix_reconciliation_answer_body_id"), table_name="reconciliation_answer")
    op.drop_table("reconciliation_answer")
    op.drop_index("ix_opinion_request_matter", table_name="opinion_request")
    op.drop_index(op.f("ix_opinion_request_body_id"), table_name="opinion_request")
    op.drop_table("opinion_request")
    op.drop_index("ix_matter_record_file", table_name="matter_record")
    op.drop_table("matter_record")
    op.drop_index(op.f("ix_matter_objection_matter_id"), table_name="matter_objection")
    op.drop_index(op.f("ix_matter_objection_instance_id"), table_name="matter_objection")
    op.drop_table("matter_objection")
    op.drop_index(op.f("ix_matter_evaluation_plan_matter_id"), table_name="matter_evaluation_plan")
    op.drop_table("matter_evaluation_plan")
    op.drop_index(op.f("ix_look_back_check_round_id"), table_name="look_back_check")
    op.drop_index(op.f("ix_look_back_check_item_id"), table_name="look_back_check")
    op.drop_index(op.f("ix_look_back_check_body_id"), table_name="look_back_check")
    op.drop_table("look_back_check")
    op.drop_index(op.f("ix_campaign_chart_campaign_id"), table_name="campaign_chart")
    op.drop_table("campaign_chart")
    op.drop_index(op.f("ix_campaign_answer_sealed_document_id"), table_name="campaign_answer")
    op.drop_index(op.f("ix_campaign_answer_campaign_id"), table_name="campaign_answer")
    op.drop_index(op.f("ix_campaign_answer_body_id"), table_name="campaign_answer")
    op.drop_table("campaign_answer")
    op.drop_index(
        op.f("ix_rectification_campaign_minutes_document_id"), table_name="rectification_campaign"
    )
    op.drop_index(
        op.f("ix_rectification_campaign_instance_id"), table_name="rectification_campaign"
    )
    op.drop_index(op.f("ix_rectification_campaign_draft_id"), table_name="rectification_campaign")
    op.drop_index(
        op.f("ix_rectification_campaign_document_id"), table_name="rectification_campaign"
    )
    op.drop_index(
        op.f("ix_rectification_campaign_closing_item_id"), table_name="rectification_campaign"
    )
    op.drop_index(
        op.f("ix_rectification_campaign_agenda_item_id"), table_name="rectification_campaign"
    )
    op.drop_table("rectification_campaign")
    op.drop_index(
        op.f("ix_reconciliation_round_minutes_document_id"), table_name="reconciliation_round"
    )
    op.drop_index(op.f("ix_reconciliation_round_instance_id"), table_name="reconciliation_round")
    op.drop_index(op.f("ix_reconciliation_round_agenda_item_id"), table_name="reconciliation_round")
    op.drop_table("reconciliation_round")
    op.drop_index(op.f("ix_look_back_round_minutes_document_id"), table_name="look_back_round")
    op.drop_index(op.f("ix_look_back_round_instance_id"), table_name="look_back_round")
    op.drop_index(op.f("ix_look_back_round_agenda_item_id"), table_name="look_back_round")
    op.drop_table("look_back_round")
    op.drop_index(op.f("ix_rectification_reminder_item_id"), table_name="rectification_reminder")
    op.drop_table("rectification_reminder")
    op.drop_index("ix_item_light_entry_item", table_name="item_light_entry")
    op.drop_table("item_light_entry")
    op.drop_table("item_light")
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
    op.drop_index(op.f("ix_quarter_report_instance_id"), table_name="quarter_report")
    op.drop_index(op.f("ix_quarter_report_draft_id"), table_name="quarter_report")
    op.drop_index(op.f("ix_quarter_report_document_id"), table_name="quarter_report")
    op.drop_table("quarter_report")
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
    op.drop_index("ix_body_standing_body", table_name="body_standing")
    op.drop_table("body_standing")
    op.drop_table("post_standard")
    op.drop_table("opinion_role")
    op.drop_table("body_limit")
