"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_program", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("subject", name=op.f("uq_actor_subject")),
    )
    op.create_table(
        "audit",
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=True),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cause", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", "at", name=op.f("pk_audit")),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index(op.f("ix_audit_actor_id_at"), "audit", ["actor_id", "at"], unique=False)
    op.create_table(
        "calendar_version",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("years", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_calendar_version")),
    )
    op.create_table(
        "demo_clock",
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("moved", sa.Interval(), nullable=False),
        sa.Column("is_set", sa.Boolean(), nullable=False),
        sa.CheckConstraint("is_set", name=op.f("ck_demo_clock_is_set")),
        sa.PrimaryKeyConstraint("is_set", name=op.f("pk_demo_clock")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("secrecy", sa.Text(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.CheckConstraint("secrecy IN ('PUBLIC', 'INTERNAL')", name=op.f("ck_document_secrecy")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["document.id"], name=op.f("fk_document_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "series", "year", "number", name=op.f("uq_document_series_year_number")
        ),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_document_supersedes_id")),
    )
    op.create_index(op.f("ix_document_issued_on_id"), "document", ["issued_on", "id"], unique=False)
    op.create_table(
        "event_subject",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_event_subject")),
    )
    op.create_table(
        "idempotency",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column(
            "stored_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint(
            "actor_id", "operation", "idempotency_key", name=op.f("pk_idempotency")
        ),
    )
    op.create_index(op.f("ix_idempotency_stored_at"), "idempotency", ["stored_at"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.Column("fanned_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("subject", "number", name=op.f("uq_outbox_subject_number")),
    )
    op.create_index("ix_outbox_feed", "outbox", ["xid", "number", "id"], unique=False)
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["xid", "number", "id"],
        unique=False,
        postgresql_where=sa.text("fanned_out_at IS NULL"),
    )
    op.create_table(
        "webhook",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("event_types", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("former_secret", sa.String(), nullable=True),
        sa.Column("former_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('ACTIVE', 'PAUSED', 'REMOVED')", name=op.f("ck_webhook_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_index(
        "uq_webhook_label",
        "webhook",
        ["label"],
        unique=True,
        postgresql_where=sa.text("state <> 'REMOVED'"),
    )
    op.create_table(
        "api_key",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_api_key_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_key_hash")),
    )
    op.create_index(op.f("ix_api_key_actor_id"), "api_key", ["actor_id"], unique=False)
    op.create_table(
        "body",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=True),
        sa.Column("other_names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("body_code", sa.String(), nullable=False),
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("body_type", sa.Text(), nullable=False),
        sa.Column("system_category", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("body_class", sa.Text(), nullable=True),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("inst_class", sa.Text(), nullable=True),
        sa.Column("funding", sa.Text(), nullable=True),
        sa.Column("civil_servant_law_ref", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("competent_body_id", sa.Uuid(), nullable=True),
        sa.Column("sponsor_body_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("setup_document_id", sa.Uuid(), nullable=True),
        sa.Column("setup_date", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("main_functions", sa.String(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("domain_name", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("legal_rep", sa.String(), nullable=True),
        sa.Column("secrecy", sa.Text(), nullable=False),
        sa.Column("true_from", sa.Date(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lineage", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.CheckConstraint(
            "body_class IN ('WORKING_DEPARTMENT', 'DIRECT_SPECIAL', 'DIRECT', 'DEPARTMENT_MANAGED', 'COORDINATION_OFFICE', 'TEMPORARY', 'OUTPOSTED', 'VERTICAL', 'OTHER')",
            name=op.f("ck_body_body_class"),
        ),
        sa.CheckConstraint(
            "body_type IN ('ORGAN', 'PUBLIC_INSTITUTION', 'MASS_ORG')",
            name=op.f("ck_body_body_type"),
        ),
        sa.CheckConstraint(
            "funding IN ('FULL', 'PARTIAL', 'SELF', 'NONE')", name=op.f("ck_body_funding")
        ),
        sa.CheckConstraint(
            "inst_class IN ('ADMINISTRATIVE', 'PRODUCTION', 'PUBLIC_INTEREST_1', 'PUBLIC_INTEREST_2', 'UNCLASSIFIED')",
            name=op.f("ck_body_inst_class"),
        ),
        sa.CheckConstraint(
            "nature IN ('STATE_ORGAN', 'PARTY_ORGAN', 'SOCIAL_GROUP', 'POLITICAL_LEGAL_ORGAN', 'PUBLIC_INSTITUTION', 'OTHER')",
            name=op.f("ck_body_nature"),
        ),
        sa.CheckConstraint(
            "rank IN ('ZHENGTING', 'FUTING', 'ZHENGCHU', 'FUCHU', 'ZHENGKE', 'FUKE', 'ZHENGGU', 'FUGU', 'UNRANKED', 'OTHER')",
            name=op.f("ck_body_rank"),
        ),
        sa.CheckConstraint("secrecy IN ('PUBLIC', 'INTERNAL')", name=op.f("ck_body_secrecy")),
        sa.CheckConstraint(
            "status IN ('ACTIVE', 'IN_REFORM', 'MERGED', 'ABOLISHED')", name=op.f("ck_body_status")
        ),
        sa.CheckConstraint(
            "system_category IN ('PARTY', 'DISC', 'NPC', 'CPPCC', 'GOV', 'COURT', 'PROC', 'DEMOCRATIC', 'MASS', 'PUBLIC_INSTITUTION', 'TOWN', 'SUBDISTRICT')",
            name=op.f("ck_body_system_category"),
        ),
        sa.ForeignKeyConstraint(
            ["competent_body_id"], ["body.id"], name=op.f("fk_body_competent_body_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_body_document_id")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["body.id"], name=op.f("fk_body_merged_into_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["body.id"], name=op.f("fk_body_parent_id")),
        sa.ForeignKeyConstraint(
            ["setup_document_id"], ["document.id"], name=op.f("fk_body_setup_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_body_id"], ["body.id"], name=op.f("fk_body_sponsor_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("body_code", name=op.f("uq_body_body_code")),
        sa.UniqueConstraint("uscc", name=op.f("uq_body_uscc")),
    )
    op.create_index(op.f("ix_body_competent_body_id"), "body", ["competent_body_id"], unique=False)
    op.create_index(op.f("ix_body_full_name_id"), "body", ["full_name", "id"], unique=False)
    op.create_index(
        op.f("ix_body_lineage"), "body", ["lineage"], unique=False, postgresql_using="gin"
    )
    op.create_index(op.f("ix_body_parent_id"), "body", ["parent_id"], unique=False)
    op.create_index(
        "ix_body_searched",
        "body",
        [sa.literal_column("(bigrams(names) || string_to_array(lower(names), NULL))")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "uq_body_living_name",
        "body",
        ["full_name"],
        unique=True,
        postgresql_where=sa.text("status IN ('ACTIVE', 'IN_REFORM')"),
    )
    op.create_table(
        "calendar_day",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("holiday", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('WORKDAY', 'WEEKEND', 'HOLIDAY', 'MAKE_UP')",
            name=op.f("ck_calendar_day_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["calendar_version.version"], name=op.f("fk_calendar_day_version")
        ),
        sa.PrimaryKeyConstraint("version", "day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "delivery",
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('WAITING', 'DELIVERED', 'DEAD')", name=op.f("ck_delivery_state")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["outbox.id"], name=op.f("fk_delivery_event_id")),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_delivery_webhook_id")
        ),
        sa.PrimaryKeyConstraint("webhook_id", "event_id", name=op.f("pk_delivery")),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_index(
        "ix_delivery_dead",
        "delivery",
        ["event_id", "webhook_id"],
        unique=False,
        postgresql_where=sa.text("state = 'DEAD'"),
    )
    op.create_index(
        "ix_delivery_due",
        "delivery",
        ["webhook_id", "next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index("ix_delivery_finished", "delivery", ["finished_at"], unique=False)
    op.create_index(
        "ix_delivery_lane",
        "delivery",
        ["webhook_id", "subject", "number"],
        unique=False,
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    op.create_index("ix_delivery_listed", "delivery", ["event_id", "webhook_id"], unique=False)
    op.create_table(
        "account",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("ledger", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("authorised", sa.Integer(), nullable=False),
        sa.Column("actual", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("frozen", sa.Integer(), nullable=False),
        sa.Column("latest_effective_on", sa.Date(), nullable=False),
        sa.Column("last_recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ledger IN ('QUOTA', 'LEADERSHIP', 'MIDLEVEL')", name=op.f("ck_account_ledger")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_account_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint(
            "body_id",
            "ledger",
            "kind",
            "part",
            name=op.f("uq_account_body_id_ledger_kind_part"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "assignment",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("true_from", sa.Date(), nullable=False),
        sa.Column("true_until", sa.Date(), nullable=True),
        sa.Column("substitutes_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(body_id IS NULL) = (reach = 'CITY')", name=op.f("ck_assignment_body_where_not_city")
        ),
        sa.CheckConstraint(
            "duty IN ('applicant_officer', 'applicant_party_group', 'competent_body_reviewer', 'consulted_officer', 'office_intake', 'office_case_officer', 'office_liaison', 'office_legal_reviewer', 'office_deputy', 'office_director', 'commission_secretary', 'commission_member', 'commission_chair', 'party_committee_secretary', 'superior_liaison', 'org_dept', 'hr_dept', 'finance_dept', 'audit_dept', 'discipline_dept', 'inspection_tour_office', 'public_security', 'hotline_receiver', 'tip_handler', 'inspector', 'inspection_lead', 'evaluator', 'third_party_evaluator', 'expert', 'realname_admin', 'rectification_owner', 'acceptance_officer', 'process_author', 'security_admin', 'audit_admin', 'system_admin', 'public_user', 'process')",
            name=op.f("ck_assignment_duty"),
        ),
        sa.CheckConstraint(
            "reach IN ('BODY', 'SUBTREE', 'CITY')", name=op.f("ck_assignment_reach")
        ),
        sa.CheckConstraint("true_until >= true_from", name=op.f("ck_assignment_true_until")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_assignment_actor_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_assignment_body_id")),
        sa.ForeignKeyConstraint(
            ["substitutes_id"], ["actor.id"], name=op.f("fk_assignment_substitutes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_actor_id"), "assignment", ["actor_id"], unique=False)
    op.create_index(op.f("ix_assignment_body_id"), "assignment", ["body_id"], unique=False)
    op.create_table(
        "body_version",
        sa.Column("body_code", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=True),
        sa.Column("other_names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("body_type", sa.Text(), nullable=False),
        sa.Column("system_category", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("body_class", sa.Text(), nullable=True),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("inst_class", sa.Text(), nullable=True),
        sa.Column("funding", sa.Text(), nullable=True),
        sa.Column("civil_servant_law_ref", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("competent_body_id", sa.Uuid(), nullable=True),
        sa.Column("sponsor_body_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("setup_document_id", sa.Uuid(), nullable=True),
        sa.Column("setup_date", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("main_functions", sa.String(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("domain_name", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("legal_rep", sa.String(), nullable=True),
        sa.Column("secrecy", sa.Text(), nullable=False),
        sa.Column("true_from", sa.Date(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "action IN ('REGISTER', 'RENAME', 'ADD_NAMEPLATE', 'REMOVE_NAMEPLATE', 'RE_RANK', 'RE_SUBORDINATE', 'CHANGE_DETAILS', 'START_REFORM', 'END_REFORM', 'MERGE', 'ABOLISH', 'CORRECT')",
            name=op.f("ck_body_version_action"),
        ),
        sa.CheckConstraint(
            "body_class IN ('WORKING_DEPARTMENT', 'DIRECT_SPECIAL', 'DIRECT', 'DEPARTMENT_MANAGED', 'COORDINATION_OFFICE', 'TEMPORARY', 'OUTPOSTED', 'VERTICAL', 'OTHER')",
            name=op.f("ck_body_version_body_class"),
        ),
        sa.CheckConstraint(
            "body_type IN ('ORGAN', 'PUBLIC_INSTITUTION', 'MASS_ORG')",
            name=op.f("ck_body_version_body_type"),
        ),
        sa.CheckConstraint(
            "funding IN ('FULL', 'PARTIAL', 'SELF', 'NONE')", name=op.f("ck_body_version_funding")
        ),
        sa.CheckConstraint(
            "inst_class IN ('ADMINISTRATIVE', 'PRODUCTION', 'PUBLIC_INTEREST_1', 'PUBLIC_INTEREST_2', 'UNCLASSIFIED')",
            name=op.f("ck_body_version_inst_class"),
        ),
        sa.CheckConstraint(
            "nature IN ('STATE_ORGAN', 'PARTY_ORGAN', 'SOCIAL_GROUP', 'POLITICAL_LEGAL_ORGAN', 'PUBLIC_INSTITUTION', 'OTHER')",
            name=op.f("ck_body_version_nature"),
        ),
        sa.CheckConstraint(
            "rank IN ('ZHENGTING', 'FUTING', 'ZHENGCHU', 'FUCHU', 'ZHENGKE', 'FUKE', 'ZHENGGU', 'FUGU', 'UNRANKED', 'OTHER')",
            name=op.f("ck_body_version_rank"),
        ),
        sa.CheckConstraint(
            "secrecy IN ('PUBLIC', 'INTERNAL')", name=op.f("ck_body_version_secrecy")
        ),
        sa.CheckConstraint(
            "status IN ('ACTIVE', 'IN_REFORM', 'MERGED', 'ABOLISHED')",
            name=op.f("ck_body_version_status"),
        ),
        sa.CheckConstraint(
            "system_category IN ('PARTY', 'DISC', 'NPC', 'CPPCC', 'GOV', 'COURT', 'PROC', 'DEMOCRATIC', 'MASS', 'PUBLIC_INSTITUTION', 'TOWN', 'SUBDISTRICT')",
            name=op.f("ck_body_version_system_category"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_version_body_id")),
        sa.ForeignKeyConstraint(
            ["competent_body_id"], ["body.id"], name=op.f("fk_body_version_competent_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["body_version.id"], name=op.f("fk_body_version_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_body_version_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["body.id"], name=op.f("fk_body_version_merged_into_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["body.id"], name=op.f("fk_body_version_parent_id")),
        sa.ForeignKeyConstraint(
            ["setup_document_id"], ["document.id"], name=op.f("fk_body_version_setup_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_body_id"], ["body.id"], name=op.f("fk_body_version_sponsor_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_version")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_body_version_corrects_id")),
    )
    op.create_index(
        op.f("ix_body_version_body_id_true_from_known_from"),
        "body_version",
        ["body_id", "true_from", "known_from"],
        unique=False,
    )
    op.create_index(
        op.f("ix_body_version_competent_body_id"),
        "body_version",
        ["competent_body_id"],
        unique=False,
    )
    op.create_index(op.f("ix_body_version_parent_id"), "body_version", ["parent_id"], unique=False)
    op.create_table(
        "internal_body",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("functions", sa.String(), nullable=False),
        sa.Column("quota_planned", sa.Integer(), nullable=False),
        sa.Column("midlevel_chief", sa.Integer(), nullable=False),
        sa.Column("midlevel_deputy", sa.Integer(), nullable=False),
        sa.Column("is_abolished", sa.Boolean(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("true_from", sa.Date(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "rank IN ('ZHENGTING', 'FUTING', 'ZHENGCHU', 'FUCHU', 'ZHENGKE', 'FUKE', 'ZHENGGU', 'FUGU', 'UNRANKED', 'OTHER')",
            name=op.f("ck_internal_body_rank"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_internal_body_body_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_internal_body_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internal_body")),
    )
    op.create_index(op.f("ix_internal_body_body_id"), "internal_body", ["body_id"], unique=False)
    op.create_index(
        "uq_internal_body_living_name",
        "internal_body",
        ["body_id", "name"],
        unique=True,
        postgresql_where=sa.text("NOT is_abolished"),
    )
    op.create_table(
        "body_function",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("internal_body_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("true_from", sa.Date(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.Column("ends_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(action = 'END') = (ends_id IS NOT NULL)", name=op.f("ck_body_function_ends_id")
        ),
        sa.CheckConstraint("action IN ('ADD', 'END')", name=op.f("ck_body_function_action")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_function_body_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_body_function_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["ends_id"], ["body_function.id"], name=op.f("fk_body_function_ends_id")
        ),
        sa.ForeignKeyConstraint(
            ["internal_body_id"],
            ["internal_body.id"],
            name=op.f("fk_body_function_internal_body_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_function")),
        sa.UniqueConstraint("ends_id", name=op.f("uq_body_function_ends_id")),
    )
    op.create_index(
        op.f("ix_body_function_body_id_true_from"),
        "body_function",
        ["body_id", "true_from"],
        unique=False,
    )
    op.create_index(
        op.f("ix_body_function_internal_body_id"),
        "body_function",
        ["internal_body_id"],
        unique=False,
    )
    op.create_table(
        "internal_body_version",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("functions", sa.String(), nullable=False),
        sa.Column("quota_planned", sa.Integer(), nullable=False),
        sa.Column("midlevel_chief", sa.Integer(), nullable=False),
        sa.Column("midlevel_deputy", sa.Integer(), nullable=False),
        sa.Column("is_abolished", sa.Boolean(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("true_from", sa.Date(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("internal_body_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "action IN ('SET_UP', 'CHANGE', 'ABOLISH')",
            name=op.f("ck_internal_body_version_action"),
        ),
        sa.CheckConstraint(
            "rank IN ('ZHENGTING', 'FUTING', 'ZHENGCHU', 'FUCHU', 'ZHENGKE', 'FUKE', 'ZHENGGU', 'FUGU', 'UNRANKED', 'OTHER')",
            name=op.f("ck_internal_body_version_rank"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_internal_body_version_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_internal_body_version_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["internal_body_id"],
            ["internal_body.id"],
            name=op.f("fk_internal_body_version_internal_body_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internal_body_version")),
    )
    op.create_index(
        op.f("ix_internal_body_version_body_id_internal_body_id_true_from_known_from"),
        "internal_body_version",
        ["body_id", "internal_body_id", "true_from", "known_from"],
        unique=False,
    )
    op.create_table(
        "reservation",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('HELD', 'USED', 'RELEASED', 'EXPIRED')", name=op.f("ck_reservation_state")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reservation_account_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_reservation_body_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_reservation_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    op.create_index(op.f("ix_reservation_account_id"), "reservation", ["account_id"], unique=False)
    op.create_index(op.f("ix_reservation_body_id"), "reservation", ["body_id"], unique=False)
    op.create_index(
        "ix_reservation_due",
        "reservation",
        ["expires_on"],
        unique=False,
        postgresql_where="state = 'HELD'",
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("authorised", sa.Integer(), nullable=False),
        sa.Column("actual", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("frozen", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("reservation_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("is_breach", sa.Boolean(), nullable=False),
        sa.Column("structure", sa.String(), nullable=True),
        sa.Column("special_purpose", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "action IN ('OPEN', 'GRANT', 'CUT', 'TRANSFER', 'CHANGE_KIND', 'RESERVE', 'USE', 'RELEASE', 'EXPIRE', 'ENTER', 'MOVE', 'EXIT', 'FREEZE', 'THAW', 'CORRECT')",
            name=op.f("ck_entry_action"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_entry_account_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["entry.id"], name=op.f("fk_entry_corrects_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_entry_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservation.id"], name=op.f("fk_entry_reservation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_entry_corrects_id")),
    )
    op.create_index(
        op.f("ix_entry_account_id_effective_on"),
        "entry",
        ["account_id", "effective_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_entry_account_id_recorded_at"),
        "entry",
        ["account_id", "recorded_at"],
        unique=False,
    )
    op.create_index(op.f("ix_entry_command_id"), "entry", ["command_id"], unique=False)
    op.create_index(op.f("ix_entry_reservation_id"), "entry", ["reservation_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("birth", sa.Date(), nullable=False),
        sa.Column("ethnicity", sa.String(), nullable=False),
        sa.Column("political_status", sa.Text(), nullable=False),
        sa.Column("work_start", sa.Date(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("work_body_id", sa.Uuid(), nullable=False),
        sa.Column("internal_body_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("entry_type", sa.Text(), nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("entry_document_id", sa.Uuid(), nullable=True),
        sa.Column("reservation_id", sa.Uuid(), nullable=True),
        sa.Column("is_opening", sa.Boolean(), nullable=False),
        sa.Column("post_title", sa.String(), nullable=True),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("position_category", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("degree", sa.Text(), nullable=True),
        sa.Column("at_post", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("exit_type", sa.Text(), nullable=True),
        sa.Column("exit_on", sa.Date(), nullable=True),
        sa.Column("exit_document_id", sa.Uuid(), nullable=True),
        sa.Column("true_from", sa.Date(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("id_no", sa.String(), nullable=False),
        sa.Column("id_no_index", sa.String(), nullable=False),
        sa.Column("id_no_mask", sa.String(), nullable=False),
        sa.CheckConstraint(
            "funding IN ('FULL', 'PARTIAL', 'SELF')", name=op.f("ck_person_funding")
        ),
        sa.CheckConstraint(
            "kind IN ('ADMIN', 'POLITICAL_LEGAL', 'INSTITUTION', 'SUPPORT')",
            name=op.f("ck_person_kind"),
        ),
        sa.CheckConstraint("status IN ('ACTIVE', 'EXITED')", name=op.f("ck_person_status")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_person_body_id")),
        sa.ForeignKeyConstraint(
            ["entry_document_id"], ["document.id"], name=op.f("fk_person_entry_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["exit_document_id"], ["document.id"], name=op.f("fk_person_exit_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["internal_body_id"], ["internal_body.id"], name=op.f("fk_person_internal_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservation.id"], name=op.f("fk_person_reservation_id")
        ),
        sa.ForeignKeyConstraint(["work_body_id"], ["body.id"], name=op.f("fk_person_work_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_body_id"), "person", ["body_id"], unique=False)
    op.create_index(op.f("ix_person_id_no_index"), "person", ["id_no_index"], unique=False)
    op.create_index(op.f("ix_person_name_id"), "person", ["name", "id"], unique=False)
    op.create_index(
        "ix_person_searched",
        "person",
        [sa.literal_column("(bigrams(name) || string_to_array(lower(name), NULL))")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "uq_person_active",
        "person",
        ["id_no_index"],
        unique=True,
        postgresql_where=sa.text("status = 'ACTIVE'"),
    )
    op.create_table(
        "person_version",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("birth", sa.Date(), nullable=False),
        sa.Column("ethnicity", sa.String(), nullable=False),
        sa.Column("political_status", sa.Text(), nullable=False),
        sa.Column("work_start", sa.Date(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("work_body_id", sa.Uuid(), nullable=False),
        sa.Column("internal_body_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("entry_type", sa.Text(), nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("entry_document_id", sa.Uuid(), nullable=True),
        sa.Column("reservation_id", sa.Uuid(), nullable=True),
        sa.Column("is_opening", sa.Boolean(), nullable=False),
        sa.Column("post_title", sa.String(), nullable=True),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("position_category", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("degree", sa.Text(), nullable=True),
        sa.Column("at_post", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("exit_type", sa.Text(), nullable=True),
        sa.Column("exit_on", sa.Date(), nullable=True),
        sa.Column("exit_document_id", sa.Uuid(), nullable=True),
        sa.Column("true_from", sa.Date(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "action IN ('OPEN', 'ENTER', 'MOVE', 'EXIT')", name=op.f("ck_person_version_action")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_person_version_body_id")),
        sa.ForeignKeyConstraint(
            ["entry_document_id"], ["document.id"], name=op.f("fk_person_version_entry_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["exit_document_id"], ["document.id"], name=op.f("fk_person_version_exit_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["internal_body_id"],
            ["internal_body.id"],
            name=op.f("fk_person_version_internal_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_version_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservation.id"], name=op.f("fk_person_version_reservation_id")
        ),
        sa.ForeignKeyConstraint(
            ["work_body_id"], ["body.id"], name=op.f("fk_person_version_work_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_version")),
    )
    op.create_index(op.f("ix_person_version_body_id"), "person_version", ["body_id"], unique=False)
    op.create_index(
        op.f("ix_person_version_person_id_true_from"),
        "person_version",
        ["person_id", "true_from"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_person_version_person_id_true_from"), table_name="person_version")
    op.drop_index(op.f("ix_person_version_body_id"), table_name="person_version")
    op.drop_table("person_version")
    op.drop_index(
        "uq_person_active", table_name="person", postgresql_where=sa.text("status = 'ACTIVE'")
    )
    op.drop_index("ix_person_searched", table_name="person", postgresql_using="gin")
    op.drop_index(op.f("ix_person_name_id"), table_name="person")
    op.drop_index(op.f("ix_person_id_no_index"), table_name="person")
    op.drop_index(op.f("ix_person_body_id"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_entry_reservation_id"), table_name="entry")
    op.drop_index(op.f("ix_entry_command_id"), table_name="entry")
    op.drop_index(op.f("ix_entry_account_id_recorded_at"), table_name="entry")
    op.drop_index(op.f("ix_entry_account_id_effective_on"), table_name="entry")
    op.drop_table("entry")
    op.drop_index("ix_reservation_due", table_name="reservation", postgresql_where="state = 'HELD'")
    op.drop_index(op.f("ix_reservation_body_id"), table_name="reservation")
    op.drop_index(op.f("ix_reservation_account_id"), table_name="reservation")
    op.drop_table("reservation")
    op.drop_index(
        op.f("ix_internal_body_version_body_id_internal_body_id_true_from_known_from"),
        table_name="internal_body_version",
    )
    op.drop_table("internal_body_version")
    op.drop_index(op.f("ix_body_function_internal_body_id"), table_name="body_function")
    op.drop_index(op.f("ix_body_function_body_id_true_from"), table_name="body_function")
    op.drop_table("body_function")
    op.drop_index(
        "uq_internal_body_living_name",
        table_name="internal_body",
        postgresql_where=sa.text("NOT is_abolished"),
    )
    op.drop_index(op.f("ix_internal_body_body_id"), table_name="internal_body")
    op.drop_table("internal_body")
    op.drop_index(op.f("ix_body_version_parent_id"), table_name="body_version")
    op.drop_index(op.f("ix_body_version_competent_body_id"), table_name="body_version")
    op.drop_index(op.f("ix_body_version_body_id_true_from_known_from"), table_name="body_version")
    op.drop_table("body_version")
    op.drop_index(op.f("ix_assignment_body_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_actor_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_table("account")
    op.drop_index("ix_delivery_listed", table_name="delivery")
    op.drop_index(
        "ix_delivery_lane", table_name="delivery", postgresql_where=sa.text("state = 'WAITING'")
    )
    op.drop_index("ix_delivery_finished", table_name="delivery")
    op.drop_index(
        "ix_delivery_due", table_name="delivery", postgresql_where=sa.text("next_at IS NOT NULL")
    )
    op.drop_index(
        "ix_delivery_dead", table_name="delivery", postgresql_where=sa.text("state = 'DEAD'")
    )
    op.drop_table("delivery")
    op.drop_table("calendar_day")
    op.drop_index(
        "uq_body_living_name",
        table_name="body",
        postgresql_where=sa.text("status IN ('ACTIVE', 'IN_REFORM')"),
    )
    op.drop_index("ix_body_searched", table_name="body", postgresql_using="gin")
    op.drop_index(op.f("ix_body_parent_id"), table_name="body")
    op.drop_index(op.f("ix_body_lineage"), table_name="body", postgresql_using="gin")
    op.drop_index(op.f("ix_body_full_name_id"), table_name="body")
    op.drop_index(op.f("ix_body_competent_body_id"), table_name="body")
    op.drop_table("body")
    op.drop_index(op.f("ix_api_key_actor_id"), table_name="api_key")
    op.drop_table("api_key")
    op.drop_index(
        "uq_webhook_label", table_name="webhook", postgresql_where=sa.text("state <> 'REMOVED'")
    )
    op.drop_table("webhook")
    op.drop_index(
        "ix_outbox_waiting", table_name="outbox", postgresql_where=sa.text("fanned_out_at IS NULL")
    )
    op.drop_index("ix_outbox_feed", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("number_series")
    op.drop_index(op.f("ix_idempotency_stored_at"), table_name="idempotency")
    op.drop_table("idempotency")
    op.drop_table("event_subject")
    op.drop_index(op.f("ix_document_issued_on_id"), table_name="document")
    op.drop_table("document")
    op.drop_table("demo_clock")
    op.drop_table("calendar_version")
    op.drop_index(op.f("ix_audit_actor_id_at"), table_name="audit")
    op.drop_table("audit")
    op.drop_table("actor")
