"""Campaigns that clear the ledger (清零行动) as stored."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Text, UniqueConstraint
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, VersionedRow, code_column, one_of, reference
from service.features.rectification.round_codes import (
    CampaignAnswerState,
    CampaignState,
    PressMeasure,
)
from service.features.rectification.round_tables import json_column

_MOMENT: Any = DateTime(timezone=True)


class Campaign(VersionedRow):
    """A campaign: every unit answers, and what is open at its units is cleared by its last day."""

    table: ClassVar[str] = "rectification_campaign"

    id: UUID
    #: QL-QD-2026-0001; items that it finds name it as their source.
    number: str
    name: str
    from_on: date
    to_on: date
    scope: str
    state: CampaignState = CampaignState.OPEN
    planned_by: UUID | None
    #: The meeting that approved the plan, where the commission did.
    agenda_item_id: UUID | None
    opened_on: date
    #: What was looked at where units said that there is no problem.
    hidden_risk: str | None = None
    hidden_risk_by: UUID | None = None
    draft_id: UUID | None = None
    document_id: UUID | None = None
    closing_item_id: UUID | None = None
    minutes_document_id: UUID | None = None
    instance_id: UUID
    opened_at: datetime
    closed_on: date | None = None


class CampaignTable(Campaign, table=True):
    __tablename__ = "rectification_campaign"
    __table_args__ = (one_of("state", CampaignState), UniqueConstraint("number"))

    id: UUID = Field(primary_key=True)
    scope: str = Field(sa_type=Text)
    state: CampaignState = code_column()
    planned_by: UUID | None = Field(foreign_key="actor.id")
    agenda_item_id: UUID | None = reference("agenda_item.id")
    hidden_risk: str | None = Field(sa_type=Text)
    hidden_risk_by: UUID | None = Field(foreign_key="actor.id")
    draft_id: UUID | None = reference("document_draft.id")
    document_id: UUID | None = reference("document.id")
    closing_item_id: UUID | None = reference("agenda_item.id")
    minutes_document_id: UUID | None = reference("document.id")
    instance_id: UUID = reference("instance.id")
    opened_at: datetime = Field(sa_type=_MOMENT)


class CampaignAnswer(VersionedRow):
    """What one unit answered: its problems, or the sealed form that it has none."""

    table: ClassVar[str] = "campaign_answer"

    id: UUID
    campaign_id: UUID
    body_id: UUID
    state: CampaignAnswerState = CampaignAnswerState.ASKED
    #: Ten working days after it was asked.
    due: date
    #: Each with breach and text.
    problems: list[dict[str, Any]]
    sealed_document_id: UUID | None = None
    #: The strongest measure that its lateness has led to.
    pressed: PressMeasure = PressMeasure.NONE
    talk: str | None = None
    talk_by: UUID | None = None
    answered_by: UUID | None = None
    answered_on: date | None = None


class CampaignAnswerTable(CampaignAnswer, table=True):
    __tablename__ = "campaign_answer"
    __table_args__ = (
        one_of("state", CampaignAnswerState),
        one_of("pressed", PressMeasure),
        UniqueConstraint("campaign_id", "body_id"),
    )

    id: UUID = Field(primary_key=True)
    campaign_id: UUID = reference("rectification_campaign.id")
    body_id: UUID = reference("body.id")
    state: CampaignAnswerState = code_column()
    problems: list[dict[str, Any]] = json_column()
    sealed_document_id: UUID | None = reference("document.id")
    pressed: PressMeasure = code_column()
    talk: str | None = Field(sa_type=Text)
    talk_by: UUID | None = Field(foreign_key="actor.id")
    answered_by: UUID | None = Field(foreign_key="actor.id")


class CampaignChart(AppendOnlyRow):
    """How far a campaign was on a day: one bar of its wall chart."""

    table: ClassVar[str] = "campaign_chart"

    id: UUID
    campaign_id: UUID
    charted_on: date
    cleared: int
    total: int
    answered: int
    bodies: int


class CampaignChartTable(CampaignChart, table=True):
    __tablename__ = "campaign_chart"

    id: UUID = Field(primary_key=True)
    campaign_id: UUID = reference("rectification_campaign.id")
