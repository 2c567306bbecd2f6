"""Cases, what they wait for, what they did, and the tasks of people."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "deadline_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wait", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("old_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("calendar", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "action IN ('STOP', 'RESUME', 'EXTEND', 'REDATE')",
            name=op.f("ck_deadline_change_action"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_change")),
    )
    op.create_index(
        op.f("ix_deadline_change_instance_id_id"),
        "deadline_change",
        ["instance_id", "id"],
        unique=False,
    )
    op.create_table(
        "guide_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_file")),
    )
    op.create_table(
        "history",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=True),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint(
            "instance_id", "version", "nth", "recorded_at", name=op.f("pk_history")
        ),
        postgresql_partition_by="RANGE (recorded_at)",
    )
    op.create_index(
        op.f("ix_history_instance_id_version_nth"),
        "history",
        ["instance_id", "version", "nth"],
        unique=False,
    )
    op.create_table(
        "inbox",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reader", "task_id", name=op.f("pk_inbox")),
    )
    op.create_index("ix_inbox_number", "inbox", ["instance_id", "number"], unique=False)
    op.create_index("ix_inbox_page", "inbox", ["reader", "due_at", "task_id"], unique=False)
    op.create_index(
        "ix_inbox_process", "inbox", ["reader", "process", "due_at", "task_id"], unique=False
    )
    op.create_table(
        "incident",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("message_zh", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column(
            "input", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("thing_id", sa.Uuid(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(
        op.f("ix_incident_instance_id_incident"),
        "incident",
        ["instance_id", "incident"],
        unique=False,
    )
    op.create_index(
        "ix_incident_open",
        "incident",
        ["id"],
        unique=False,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_index(
        "ix_incident_retry",
        "incident",
        ["retry_at"],
        unique=False,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_index(
        "ix_incident_thing",
        "incident",
        ["thing_id"],
        unique=False,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "letterhead",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("signers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_letterhead")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("correlation_key", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("variables", sa.JSON(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lives_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("delivered_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(
        "ix_message_buffered",
        "message",
        ["kind", "name", "correlation_key", "id"],
        unique=False,
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.create_index(op.f("ix_message_lives_until"), "message", ["lives_until"], unique=False)
    op.create_index(
        "ix_message_new",
        "message",
        ["id"],
        unique=False,
        postgresql_where=sa.text("tried_at IS NULL"),
    )
    op.create_index("ix_message_twin", "message", ["name", "message_id"], unique=False)
    op.create_table(
        "subscription",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("wait", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("correlation_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", "wait", name=op.f("pk_subscription")),
    )
    op.create_index(
        op.f("ix_subscription_kind_name_correlation_key_instance_id"),
        "subscription",
        ["kind", "name", "correlation_key", "instance_id"],
        unique=False,
    )
    op.create_table(
        "timer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("wait", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "deadline", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
    )
    op.create_index(
        "ix_timer_calendar",
        "timer",
        [sa.literal_column("((deadline ->> 'calendar')::int)")],
        unique=False,
        postgresql_where=sa.text("deadline IS NOT NULL"),
    )
    op.create_index(op.f("ix_timer_due_at"), "timer", ["due_at"], unique=False)
    op.create_index(
        op.f("ix_timer_instance_id_wait"), "timer", ["instance_id", "wait"], unique=False
    )
    op.create_table(
        "job",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("variables", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('WAITING', 'DONE', 'FAILED', 'GONE')", name=op.f("ck_job_state")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["actor.id"], name=op.f("fk_job_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(
        op.f("ix_job_instance_id_number"), "job", ["instance_id", "number"], unique=False
    )
    op.create_index("ix_job_list", "job", ["state", "id"], unique=False)
    op.create_index("ix_job_type_list", "job", ["type", "state", "id"], unique=False)
    op.create_index("ix_job_types", "job", ["type", "id"], unique=False)
    op.create_index(
        "ix_job_waiting",
        "job",
        ["type", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    op.create_table(
        "service_guide",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_by_name", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('PROPOSED', 'APPROVED', 'REJECTED')", name=op.f("ck_service_guide_state")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["actor.id"], name=op.f("fk_service_guide_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["actor.id"], name=op.f("fk_service_guide_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_guide")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_service_guide_code_number")),
    )
    op.create_table(
        "task",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("process_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("business_key", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("users", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("groups", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("bodies", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("recused", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("apart", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("choices", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "deadline", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assignee_name", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("completed_by", sa.Uuid(), nullable=True),
        sa.Column("completed_by_name", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('USER', 'CHOICE')", name=op.f("ck_task_kind")),
        sa.CheckConstraint(
            "state IN ('OPEN', 'COMPLETED', 'CANCELLED')", name=op.f("ck_task_state")
        ),
        sa.ForeignKeyConstraint(["assignee_id"], ["actor.id"], name=op.f("fk_task_assignee_id")),
        sa.ForeignKeyConstraint(["completed_by"], ["actor.id"], name=op.f("fk_task_completed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(
        "ix_task_calendar",
        "task",
        [sa.literal_column("((deadline ->> 'calendar')::int)")],
        unique=False,
        postgresql_where=sa.text("state = 'OPEN' AND deadline IS NOT NULL"),
    )
    op.create_index(
        "ix_task_case",
        "task",
        ["business_key"],
        unique=False,
        postgresql_where=sa.text("state = 'OPEN'"),
    )
    op.create_index("ix_task_doer", "task", ["instance_id", "completed_by"], unique=False)
    op.create_index("ix_task_done", "task", ["completed_by", "ended_at", "id"], unique=False)
    op.create_index(
        "ix_task_due", "task", ["due_at"], unique=False, postgresql_where=sa.text("state = 'OPEN'")
    )
    op.create_index("uq_task_number", "task", ["instance_id", "number"], unique=True)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_attachment_actor_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_attachment_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_task_id"), "attachment", ["task_id"], unique=False)
    op.create_table(
        "document_draft",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("basis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("attachments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("copies_to", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("secrecy", sa.Text(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("correction", sa.String(), nullable=False),
        sa.Column("written_by", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("drafter_name", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('REQUEST', 'RECEIPT', 'SUPPLEMENT_NOTICE', 'RETURN_NOTICE', 'NOT_ADMITTED_NOTICE', 'NOT_SUPPORTED_EXPLANATION', 'REJECTED_EXPLANATION', 'OBJECTION_ANSWER', 'LEGALITY_OPINION', 'OPINION_REQUEST_LETTER', 'VISIT_RECORD', 'PRIOR_COMMUNICATION_RECORD', 'PRE_EVALUATION_REPORT', 'MINUTES', 'APPROVAL_REPLY', 'UPWARD_REQUEST', 'RECALL', 'RECTIFICATION_NOTICE', 'PLAN_APPROVAL', 'EXTENSION_DECISION', 'SUPERVISION_ORDER', 'TALK_RECORD', 'CLOSE_REQUEST', 'ACCEPTANCE_RECORD', 'CLOSE_OUT', 'CLEARING_REPORT', 'QUARTER_REPORT')",
            name=op.f("ck_document_draft_kind"),
        ),
        sa.CheckConstraint("state IN ('DRAFT', 'ISSUED')", name=op.f("ck_document_draft_state")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_document_draft_body_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_draft_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_document_draft_release_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["document.id"], name=op.f("fk_document_draft_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_draft")),
        sa.UniqueConstraint("document_id", name=op.f("uq_document_draft_document_id")),
    )
    op.create_index(op.f("ix_document_draft_body_id"), "document_draft", ["body_id"], unique=False)
    op.create_index(
        op.f("ix_document_draft_subject_id"), "document_draft", ["subject_id"], unique=False
    )
    op.create_table(
        "event_start",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_over", sa.Integer(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_event_start_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_start")),
        sa.UniqueConstraint(
            "process", "element", "part", name=op.f("uq_event_start_process_element_part")
        ),
    )
    op.create_index(
        "ix_event_start_due",
        "event_start",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_event_start_kind_name"), "event_start", ["kind", "name"], unique=False)
    op.create_index(op.f("ix_event_start_release_id"), "event_start", ["release_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_type", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.String(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("breach", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=True),
        sa.Column("evidence", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.Uuid(), nullable=True),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source_type IN ('INSPECTION', 'HOTLINE', 'VERIFICATION', 'EVALUATION', 'PRE_EVALUATION', 'COORDINATION', 'MATTER', 'QUOTA_USE', 'REPORTING', 'SELF_CHECK', 'CAMPAIGN', 'AUDIT', 'INSPECTION_TOUR')",
            name=op.f("ck_finding_source_type"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_finding_body_id")),
        sa.ForeignKeyConstraint(["found_by"], ["actor.id"], name=op.f("fk_finding_found_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_body_id"), "finding", ["body_id"], unique=False)
    op.create_table(
        "guide_material",
        sa.Column("guide_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("is_original", sa.Boolean(), nullable=False),
        sa.Column("needed_when", sa.String(), nullable=False),
        sa.Column("template_file_id", sa.Uuid(), nullable=True),
        sa.Column("sample_file_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "form IN ('PAPER', 'ELECTRONIC', 'BOTH')", name=op.f("ck_guide_material_form")
        ),
        sa.ForeignKeyConstraint(
            ["guide_id"], ["service_guide.id"], name=op.f("fk_guide_material_guide_id")
        ),
        sa.ForeignKeyConstraint(
            ["sample_file_id"], ["guide_file.id"], name=op.f("fk_guide_material_sample_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["template_file_id"], ["guide_file.id"], name=op.f("fk_guide_material_template_file_id")
        ),
        sa.PrimaryKeyConstraint("guide_id", "code", name=op.f("pk_guide_material")),
    )
    op.create_index(
        op.f("ix_guide_material_sample_file_id"), "guide_material", ["sample_file_id"], unique=False
    )
    op.create_index(
        op.f("ix_guide_material_template_file_id"),
        "guide_material",
        ["template_file_id"],
        unique=False,
    )
    op.create_table(
        "instance",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("process_name", sa.String(), nullable=False),
        sa.Column("release_number", sa.Integer(), nullable=False),
        sa.Column("pins", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("business_key", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("correlation_key", sa.String(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("incidents", sa.Integer(), nullable=False),
        sa.Column("is_unfinished", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_by_name", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "state IN ('RUNNING', 'COMPLETED', 'TERMINATED', 'CANCELLED')",
            name=op.f("ck_instance_state"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_instance_body_id")),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_instance_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
        sa.UniqueConstraint("root_id", "number", name=op.f("uq_instance_root_id_number")),
    )
    op.create_index("ix_instance_body", "instance", ["body_id", "started_at", "id"], unique=False)
    op.create_index("ix_instance_flow", "instance", ["flow", "started_at", "id"], unique=False)
    op.create_index(
        "ix_instance_incidents",
        "instance",
        ["started_at", "id"],
        unique=False,
        postgresql_where=sa.text("incidents > 0"),
    )
    op.create_index(
        "ix_instance_key", "instance", ["business_key", "started_at", "id"], unique=False
    )
    op.create_index("ix_instance_list", "instance", ["process", "started_at", "id"], unique=False)
    op.create_index("ix_instance_newest", "instance", ["started_at", "id"], unique=False)
    op.create_index(op.f("ix_instance_release_id"), "instance", ["release_id"], unique=False)
    op.create_index(
        "ix_instance_running",
        "instance",
        ["process", "started_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'RUNNING'"),
    )
    op.create_index("ix_instance_state", "instance", ["state", "started_at", "id"], unique=False)
    op.create_index(
        "ix_instance_unfinished",
        "instance",
        ["id"],
        unique=False,
        postgresql_where=sa.text("is_unfinished AND state = 'RUNNING'"),
    )
    op.create_index(
        "uq_instance_correlation",
        "instance",
        ["process", "correlation_key"],
        unique=True,
        postgresql_where=sa.text("state = 'RUNNING' AND correlation_key IS NOT NULL"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_notice_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_task_id"), "notice", ["task_id"], unique=False)
    op.create_table(
        "task_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_task_comment_actor_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_comment_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_comment")),
    )
    op.create_index(op.f("ix_task_comment_task_id"), "task_comment", ["task_id"], unique=False)
    op.create_table(
        "task_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_reminder_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_reminder")),
    )
    op.create_index(
        op.f("ix_task_reminder_remind_on_id"), "task_reminder", ["remind_on", "id"], unique=False
    )
    op.create_index(op.f("ix_task_reminder_task_id"), "task_reminder", ["task_id"], unique=False)
    op.create_table(
        "instance_page",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_instance_page_instance_id")
        ),
        sa.PrimaryKeyConstraint("instance_id", "page", name=op.f("pk_instance_page")),
    )
    op.create_table(
        "issued_paper",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("basis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("paper", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.Column("signer_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_issued_paper_body_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_issued_paper_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["document_draft.id"], name=op.f("fk_issued_paper_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_issued_paper_release_id")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["actor.id"], name=op.f("fk_issued_paper_signed_by")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_issued_paper")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_issued_paper_draft_id")),
    )
    op.create_index(op.f("ix_issued_paper_body_id"), "issued_paper", ["body_id"], unique=False)
    op.create_index(
        op.f("ix_issued_paper_subject_id"), "issued_paper", ["subject_id"], unique=False
    )
    op.create_table(
        "meeting",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("chair_id", sa.Uuid(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("is_quorate", sa.Boolean(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quorum_evaluation_id", sa.Uuid(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_by_name", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "level IN ('OFFICE', 'COMMISSION', 'PARTY_COMMITTEE')", name=op.f("ck_meeting_level")
        ),
        sa.CheckConstraint(
            "state IN ('PLANNED', 'HELD', 'CLOSED', 'CANCELLED')", name=op.f("ck_meeting_state")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["actor.id"], name=op.f("fk_meeting_closed_by")),
        sa.ForeignKeyConstraint(["planned_by"], ["actor.id"], name=op.f("fk_meeting_planned_by")),
        sa.ForeignKeyConstraint(
            ["quorum_evaluation_id"],
            ["decision_evaluation.id"],
            name=op.f("fk_meeting_quorum_evaluation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("level", "year", "number", name=op.f("uq_meeting_level_year_number")),
    )
    op.create_index("ix_meeting_list", "meeting", ["planned_on", "id"], unique=False)
    op.create_table(
        "notice_entry",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_entry_notice_id")
        ),
        sa.PrimaryKeyConstraint("reader", "notice_id", name=op.f("pk_notice_entry")),
    )
    op.create_table(
        "notice_seen",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_notice_seen_actor_id")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_seen_notice_id")
        ),
        sa.PrimaryKeyConstraint("actor_id", "notice_id", name=op.f("pk_notice_seen")),
    )
    op.create_table(
        "rectification_item",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source_type", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.String(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("breach", sa.String(), nullable=False),
        sa.Column("category", sa.Integer(), nullable=True),
        sa.Column("category_name", sa.String(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("severity", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=True),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("is_data_item", sa.Boolean(), nullable=False),
        sa.Column("is_long_term", sa.Boolean(), nullable=False),
        sa.Column("is_on_target", sa.Boolean(), nullable=False),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("was_overdue", sa.Boolean(), nullable=False),
        sa.Column("is_referred", sa.Boolean(), nullable=False),
        sa.Column("is_disputed_once", sa.Boolean(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("original_due", sa.Date(), nullable=True),
        sa.Column("required_result", sa.String(), nullable=True),
        sa.Column("measures", sa.String(), nullable=True),
        sa.Column("responsible_leader", sa.String(), nullable=True),
        sa.Column("responsible_person", sa.Uuid(), nullable=True),
        sa.Column("close_standard", sa.String(), nullable=True),
        sa.Column("found_by", sa.Uuid(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=True),
        sa.Column(
            "milestones", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("plan_faults", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("close_statement", sa.String(), nullable=True),
        sa.Column("evidence", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("acceptance_method", sa.String(), nullable=True),
        sa.Column("officers", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("acceptance_round", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("signed_by", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("merged_into", sa.String(), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "area IN ('QUOTA', 'BODIES', 'POSTS', 'FUNCTIONS', 'DATA', 'NONQUOTA')",
            name=op.f("ck_rectification_item_area"),
        ),
        sa.CheckConstraint("cause IN ('UNIT', 'POLICY')", name=op.f("ck_rectification_item_cause")),
        sa.CheckConstraint(
            "severity IN ('LOW', 'MEDIUM', 'HIGH')", name=op.f("ck_rectification_item_severity")
        ),
        sa.CheckConstraint(
            "source_type IN ('INSPECTION', 'HOTLINE', 'VERIFICATION', 'EVALUATION', 'PRE_EVALUATION', 'COORDINATION', 'MATTER', 'QUOTA_USE', 'REPORTING', 'SELF_CHECK', 'CAMPAIGN', 'AUDIT', 'INSPECTION_TOUR')",
            name=op.f("ck_rectification_item_source_type"),
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'CONFIRMED', 'NOTICE_ISSUED', 'DISPUTED', 'PLAN_SUBMITTED', 'PLAN_RETURNED', 'PLAN_APPROVED', 'IN_PROGRESS', 'CLOSE_REQUESTED', 'UNDER_ACCEPTANCE', 'ACCEPTED', 'CLOSED', 'MERGED', 'VOIDED', 'REFERRED_CLOSED')",
            name=op.f("ck_rectification_item_state"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_rectification_item_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["actor.id"], name=op.f("fk_rectification_item_drafted_by")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_rectification_item_finding_id")
        ),
        sa.ForeignKeyConstraint(
            ["found_by"], ["actor.id"], name=op.f("fk_rectification_item_found_by")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_rectification_item_instance_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_item")),
        sa.UniqueConstraint("number", name=op.f("uq_rectification_item_number")),
    )
    op.create_index(
        op.f("ix_rectification_item_body_id"), "rectification_item", ["body_id"], unique=False
    )
    op.create_index(
        op.f("ix_rectification_item_finding_id"), "rectification_item", ["finding_id"], unique=False
    )
    op.create_index(
        op.f("ix_rectification_item_instance_id"),
        "rectification_item",
        ["instance_id"],
        unique=False,
    )
    op.create_index(
        "ix_rectification_item_list", "rectification_item", ["opened_at", "id"], unique=False
    )
    op.create_table(
        "signal_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("start_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_signal_delivery_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_signal_delivery_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_delivery")),
    )
    op.create_index(
        op.f("ix_signal_delivery_instance_id"), "signal_delivery", ["instance_id"], unique=False
    )
    op.create_index(
        op.f("ix_signal_delivery_message_id"), "signal_delivery", ["message_id"], unique=False
    )
    op.create_table(
        "stopped_clock",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_stopped_clock_instance_id")
        ),
        sa.PrimaryKeyConstraint("instance_id", "clock", name=op.f("pk_stopped_clock")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("choices", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("recused", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column(
            "deltas", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_by", sa.Uuid(), nullable=True),
        sa.Column("put_by_name", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("deferrals", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("pressed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column(
            "voted_deltas",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
        ),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("round_branches", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind IN ('DECISION', 'REPORT')", name=op.f("ck_agenda_item_kind")),
        sa.CheckConstraint(
            "level IN ('OFFICE', 'COMMISSION', 'PARTY_COMMITTEE')",
            name=op.f("ck_agenda_item_level"),
        ),
        sa.CheckConstraint(
            "state IN ('PENDING', 'ON_AGENDA', 'DECIDED', 'WITHDRAWN')",
            name=op.f("ck_agenda_item_state"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["actor.id"], name=op.f("fk_agenda_item_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")
        ),
        sa.ForeignKeyConstraint(["put_by"], ["actor.id"], name=op.f("fk_agenda_item_put_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index(
        "ix_agenda_item_list", "agenda_item", ["level", "state", "put_at", "id"], unique=False
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_agenda_item_subject_id"), "agenda_item", ["subject_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_attendance_actor_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_actor_id"), "attendance", ["actor_id"], unique=False)
    op.create_table(
        "item_acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("signed_document_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "result IN ('PASS', 'PARTIAL', 'FAIL', 'FALSE')", name=op.f("ck_item_acceptance_result")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_item_acceptance_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["actor.id"], name=op.f("fk_item_acceptance_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_acceptance")),
        sa.UniqueConstraint(
            "item_id",
            "round",
            "officer_id",
            name=op.f("uq_item_acceptance_item_id_round_officer_id"),
        ),
    )
    op.create_index(
        op.f("ix_item_acceptance_item_id"), "item_acceptance", ["item_id"], unique=False
    )
    op.create_table(
        "minutes",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_by_name", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_minutes_document_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id")),
        sa.ForeignKeyConstraint(["written_by"], ["actor.id"], name=op.f("fk_minutes_written_by")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_minutes")),
    )
    op.create_index(op.f("ix_minutes_document_id"), "minutes", ["document_id"], unique=False)
    op.create_table(
        "rectification_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('SUPERVISION_ORDER', 'WARNING_TALK', 'CIRCULAR', 'REFERRAL')",
            name=op.f("ck_rectification_act_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["actor.id"], name=op.f("fk_rectification_act_drafted_by")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_act_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["actor.id"], name=op.f("fk_rectification_act_signed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_act")),
    )
    op.create_index(
        op.f("ix_rectification_act_item_id"), "rectification_act", ["item_id"], unique=False
    )
    op.create_table(
        "rectification_extension",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("asked_due", sa.Date(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("decided_by_duty", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("granted_due", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('ASKED', 'GRANTED', 'REFUSED')",
            name=op.f("ck_rectification_extension_state"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["actor.id"], name=op.f("fk_rectification_extension_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["actor.id"], name=op.f("fk_rectification_extension_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_extension_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_extension")),
    )
    op.create_index(
        op.f("ix_rectification_extension_item_id"),
        "rectification_extension",
        ["item_id"],
        unique=False,
    )
    op.create_table(
        "rectification_progress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("evidence", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["actor.id"], name=op.f("fk_rectification_progress_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_progress_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_progress")),
    )
    op.create_index(
        op.f("ix_rectification_progress_item_id"),
        "rectification_progress",
        ["item_id"],
        unique=False,
    )
    op.create_table(
        "matter",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("deltas_number", sa.Integer(), nullable=False),
        sa.Column("open_problems", sa.String(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("suspended_from", sa.Text(), nullable=True),
        sa.Column("gate", sa.Text(), nullable=True),
        sa.Column("final_authority", sa.Text(), nullable=True),
        sa.Column("via_party_committee", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column(
            "stated", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "deltas", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "basis", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "contents", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "materials", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "statements", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "gate_hits", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("minutes_document_id", sa.Uuid(), nullable=True),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=True),
        sa.Column("decision_minutes_id", sa.Uuid(), nullable=True),
        sa.Column("reply_document_id", sa.Uuid(), nullable=True),
        sa.Column("intake_by", sa.Uuid(), nullable=True),
        sa.Column("legal_by", sa.Uuid(), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("approval_draft_id", sa.Uuid(), nullable=True),
        sa.Column("approval_document_id", sa.Uuid(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column(
            "pending_deltas",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
        ),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "stage IN ('MOTION', 'APPRAISAL', 'DELIBERATION', 'IMPLEMENTATION')",
            name=op.f("ck_matter_stage"),
        ),
        sa.CheckConstraint(
            "start IN ('APPLICANT', 'OFFICE', 'SUPERIOR')", name=op.f("ck_matter_start")
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'SUBMITTED', 'SUPPLEMENT', 'ADMITTED', 'IN_APPRAISAL', 'SUSPENDED_BY_GATE', 'IN_DELIBERATION', 'AT_SUPERIOR', 'DECIDED', 'ISSUED', 'EXPLAINING', 'CLOSED')",
            name=op.f("ck_matter_state"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_matter_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["approval_document_id"], ["document.id"], name=op.f("fk_matter_approval_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["approval_draft_id"], ["document_draft.id"], name=op.f("fk_matter_approval_draft_id")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["actor.id"], name=op.f("fk_matter_asked_by")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_matter_body_id")),
        sa.ForeignKeyConstraint(
            ["decision_minutes_id"], ["document.id"], name=op.f("fk_matter_decision_minutes_id")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_matter_instance_id")
        ),
        sa.ForeignKeyConstraint(["intake_by"], ["actor.id"], name=op.f("fk_matter_intake_by")),
        sa.ForeignKeyConstraint(["legal_by"], ["actor.id"], name=op.f("fk_matter_legal_by")),
        sa.ForeignKeyConstraint(
            ["minutes_document_id"], ["document.id"], name=op.f("fk_matter_minutes_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["reply_document_id"], ["document.id"], name=op.f("fk_matter_reply_document_id")
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["actor.id"], name=op.f("fk_matter_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("number", name=op.f("uq_matter_number")),
    )
    op.create_index("ix_matter_body", "matter", ["body_id", "state"], unique=False)
    op.create_index(op.f("ix_matter_instance_id"), "matter", ["instance_id"], unique=False)
    op.create_index("ix_matter_list", "matter", ["asked_at", "id"], unique=False)
    op.create_table(
        "vote",
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("ballot", sa.Text(), nullable=False),
        sa.Column("choice", sa.String(), nullable=True),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cast_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("ballot IN ('FOR', 'AGAINST', 'ABSTAIN')", name=op.f("ck_vote_ballot")),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_vote_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(["cast_by"], ["actor.id"], name=op.f("fk_vote_cast_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_vote_meeting_id")),
        sa.PrimaryKeyConstraint("agenda_item_id", "meeting_id", "member_id", name=op.f("pk_vote")),
    )
    op.create_table(
        "matter_deltas",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("deltas", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by_name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('REQUEST', 'AMENDED', 'ACCEPTED', 'VOTED', 'REPLY', 'ISSUED')",
            name=op.f("ck_matter_deltas_origin"),
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_matter_deltas_matter_id")
        ),
        sa.PrimaryKeyConstraint("matter_id", "number", name=op.f("pk_matter_deltas")),
    )
    op.create_table(
        "matter_override",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("hits", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("overridden_by", sa.Uuid(), nullable=False),
        sa.Column("reported_item_id", sa.Uuid(), nullable=False),
        sa.Column("overridden_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_matter_override_matter_id")
        ),
        sa.ForeignKeyConstraint(
            ["overridden_by"], ["actor.id"], name=op.f("fk_matter_override_overridden_by")
        ),
        sa.ForeignKeyConstraint(
            ["reported_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_matter_override_reported_item_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_override")),
    )
    op.create_index(
        op.f("ix_matter_override_matter_id"), "matter_override", ["matter_id"], unique=False
    )
    op.create_index(op.f("ix_audit_id"), "audit", ["id"], unique=False)
    op.add_column(
        "file_version",
        sa.Column("processes", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
    )
    op.add_column(
        "file_version",
        sa.Column("forms", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
    )
    op.create_index(
        op.f("ix_file_version_processes"),
        "file_version",
        ["processes"],
        unique=False,
        postgresql_using="gin",
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_file_version_processes"), table_name="file_version", postgresql_using="gin"
    )
    op.drop_column("file_version", "forms")
    op.drop_column("file_version", "processes")
    op.drop_index(op.f("ix_audit_id"), table_name="audit")
    op.drop_index(op.f("ix_matter_override_matter_id"), table_name="matter_override")
    op.drop_table("matter_override")
    op.drop_table("matter_deltas")
    op.drop_table("vote")
    op.drop_index("ix_matter_list", table_name="matter")
    op.drop_index(op.f("ix_matter_instance_id"), table_name="matter")
    op.drop_index("ix_matter_body", table_name="matter")
    op.drop_table("matter")
    op.drop_index(op.f("ix_rectification_progress_item_id"), table_name="rectification_progress")
    op.drop_table("rectification_progress")
    op.drop_index(op.f("ix_rectification_extension_item_id"), table_name="rectification_extension")
    op.drop_table("rectification_extension")
    op.drop_index(op.f("ix_rectification_act_item_id"), table_name="rectification_act")
    op.drop_table("rectification_act")
    op.drop_index(op.f("ix_minutes_document_id"), table_name="minutes")
    op.drop_table("minutes")
    op.drop_index(op.f("ix_item_acceptance_item_id"), table_name="item_acceptance")
    op.drop_table("item_acceptance")
    op.drop_index(op.f("ix_attendance_actor_id"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_agenda_item_subject_id"), table_name="agenda_item")
    op.drop_index(op.f("ix_agenda_item_meeting_id"), table_name="agenda_item")
    op.drop_index("ix_agenda_item_list", table_name="agenda_item")
    op.drop_table("agenda_item")
    op.drop_table("stopped_clock")
    op.drop_index(op.f("ix_signal_delivery_message_id"), table_name="signal_delivery")
    op.drop_index(op.f("ix_signal_delivery_instance_id"), table_name="signal_delivery")
    op.drop_table("signal_delivery")
    op.drop_index("ix_rectification_item_list", table_name="rectification_item")
    op.drop_index(op.f("ix_rectification_item_instance_id"), table_name="rectification_item")
    op.drop_index(op.f("ix_rectification_item_finding_id"), table_name="rectification_item")
    op.drop_index(op.f("ix_rectification_item_body_id"), table_name="rectification_item")
    op.drop_table("rectification_item")
    op.drop_table("notice_seen")
    op.drop_table("notice_entry")
    op.drop_index("ix_meeting_list", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("ix_issued_paper_subject_id"), table_name="issued_paper")
    op.drop_index(op.f("ix_issued_paper_body_id"), table_name="issued_paper")
    op.drop_table("issued_paper")
    op.drop_table("instance_page")
    op.drop_index(op.f("ix_task_reminder_task_id"), table_name="task_reminder")
    op.drop_index(op.f("ix_task_reminder_remind_on_id"), table_name="task_reminder")
    op.drop_table("task_reminder")
    op.drop_index(op.f("ix_task_comment_task_id"), table_name="task_comment")
    op.drop_table("task_comment")
    op.drop_index(op.f("ix_notice_task_id"), table_name="notice")
    op.drop_table("notice")
    op.drop_index(
        "uq_instance_correlation",
        table_name="instance",
        postgresql_where=sa.text("state = 'RUNNING' AND correlation_key IS NOT NULL"),
    )
    op.drop_index(
        "ix_instance_unfinished",
        table_name="instance",
        postgresql_where=sa.text("is_unfinished AND state = 'RUNNING'"),
    )
    op.drop_index("ix_instance_state", table_name="instance")
    op.drop_index(
        "ix_instance_running", table_name="instance", postgresql_where=sa.text("state = 'RUNNING'")
    )
    op.drop_index(op.f("ix_instance_release_id"), table_name="instance")
    op.drop_index("ix_instance_newest", table_name="instance")
    op.drop_index("ix_instance_list", table_name="instance")
    op.drop_index("ix_instance_key", table_name="instance")
    op.drop_index(
        "ix_instance_incidents", table_name="instance", postgresql_where=sa.text("incidents > 0")
    )
    op.drop_index("ix_instance_flow", table_name="instance")
    op.drop_index("ix_instance_body", table_name="instance")
    op.drop_table("instance")
    op.drop_index(op.f("ix_guide_material_template_file_id"), table_name="guide_material")
    op.drop_index(op.f("ix_guide_material_sample_file_id"), table_name="guide_material")
    op.drop_table("guide_material")
    op.drop_index(op.f("ix_finding_body_id"), table_name="finding")
    op.drop_table("finding")
    op.drop_index(op.f("ix_event_start_release_id"), table_name="event_start")
    op.drop_index(op.f("ix_event_start_kind_name"), table_name="event_start")
    op.drop_index(
        "ix_event_start_due",
        table_name="event_start",
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.drop_table("event_start")
    op.drop_index(op.f("ix_document_draft_subject_id"), table_name="document_draft")
    op.drop_index(op.f("ix_document_draft_body_id"), table_name="document_draft")
    op.drop_table("document_draft")
    op.drop_index(op.f("ix_attachment_task_id"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_index("uq_task_number", table_name="task")
    op.drop_index("ix_task_due", table_name="task", postgresql_where=sa.text("state = 'OPEN'"))
    op.drop_index("ix_task_done", table_name="task")
    op.drop_index("ix_task_doer", table_name="task")
    op.drop_index("ix_task_case", table_name="task", postgresql_where=sa.text("state = 'OPEN'"))
    op.drop_index(
        "ix_task_calendar",
        table_name="task",
        postgresql_where=sa.text("state = 'OPEN' AND deadline IS NOT NULL"),
    )
    op.drop_table("task")
    op.drop_table("service_guide")
    op.drop_index("ix_job_waiting", table_name="job", postgresql_where=sa.text("state = 'WAITING'"))
    op.drop_index("ix_job_types", table_name="job")
    op.drop_index("ix_job_type_list", table_name="job")
    op.drop_index("ix_job_list", table_name="job")
    op.drop_index(op.f("ix_job_instance_id_number"), table_name="job")
    op.drop_table("job")
    op.drop_index(op.f("ix_timer_instance_id_wait"), table_name="timer")
    op.drop_index(op.f("ix_timer_due_at"), table_name="timer")
    op.drop_index(
        "ix_timer_calendar", table_name="timer", postgresql_where=sa.text("deadline IS NOT NULL")
    )
    op.drop_table("timer")
    op.drop_index(
        op.f("ix_subscription_kind_name_correlation_key_instance_id"), table_name="subscription"
    )
    op.drop_table("subscription")
    op.drop_index("ix_message_twin", table_name="message")
    op.drop_index(
        "ix_message_new", table_name="message", postgresql_where=sa.text("tried_at IS NULL")
    )
    op.drop_index(op.f("ix_message_lives_until"), table_name="message")
    op.drop_index(
        "ix_message_buffered",
        table_name="message",
        postgresql_where=sa.text("delivered_at IS NULL"),
    )
    op.drop_table("message")
    op.drop_table("letterhead")
    op.drop_index(
        "ix_incident_thing", table_name="incident", postgresql_where=sa.text("resolved_at IS NULL")
    )
    op.drop_index(
        "ix_incident_retry", table_name="incident", postgresql_where=sa.text("resolved_at IS NULL")
    )
    op.drop_index(
        "ix_incident_open", table_name="incident", postgresql_where=sa.text("resolved_at IS NULL")
    )
    op.drop_index(op.f("ix_incident_instance_id_incident"), table_name="incident")
    op.drop_table("incident")
    op.drop_index("ix_inbox_process", table_name="inbox")
    op.drop_index("ix_inbox_page", table_name="inbox")
    op.drop_index("ix_inbox_number", table_name="inbox")
    op.drop_table("inbox")
    op.drop_index(op.f("ix_history_instance_id_version_nth"), table_name="history")
    op.drop_table("history")
    op.drop_table("guide_file")
    op.drop_index(op.f("ix_deadline_change_instance_id_id"), table_name="deadline_change")
    op.drop_table("deadline_change")
