"""Every table of the service, gathered in `SQLModel.metadata` for Alembic."""

from sqlmodel import SQLModel

import service.core.auth.tables
import service.core.clock
import service.core.store.audit
import service.core.store.idempotency
import service.core.store.outbox
import service.features.bodies.division_tables
import service.features.bodies.tables
import service.features.calendar.tables
import service.features.decisions.tables
import service.features.documents.paper_tables
import service.features.documents.tables
import service.features.events.tables
import service.features.guides.tables
import service.features.matters.evaluation_plan_tables
import service.features.matters.objection_tables
import service.features.matters.opinion_tables
import service.features.matters.record_tables
import service.features.matters.standards_tables
import service.features.matters.tables
import service.features.meetings.tables
import service.features.pre_evaluation.tables
import service.features.processes.deadline_tables
import service.features.processes.event_tables
import service.features.processes.instance_tables
import service.features.processes.tables
import service.features.quota.person_tables
import service.features.quota.tables
import service.features.rectification.campaign_tables
import service.features.rectification.course_tables
import service.features.rectification.light_tables
import service.features.rectification.reminder_tables
import service.features.rectification.round_tables
import service.features.rectification.standing_tables
import service.features.rectification.tables
import service.features.tasks.comment_tables
import service.features.tasks.light_tables
import service.features.tasks.notice_tables
import service.features.tasks.tables

metadata = SQLModel.metadata
