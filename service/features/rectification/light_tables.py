"""Every colour that an item has had, with the calculation behind it, as stored."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Index
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, Row

_MOMENT: Any = DateTime(timezone=True)


class ItemLight(Row):
    """When an item's light was last looked at, so that each day does it once."""

    table: ClassVar[str] = "item_light"
    key: ClassVar[tuple[str, ...]] = ("item_id",)
    is_audited: ClassVar[bool] = False

    item_id: UUID
    #: Null where it has none, or no table in force says it.
    light: str | None
    looked_on: date
    #: The version of the item that was looked at: what changes it is looked at again.
    item_version: int


class ItemLightTable(ItemLight, table=True):
    __tablename__ = "item_light"

    item_id: UUID = Field(primary_key=True, foreign_key="rectification_item.id")


class ItemLightEntry(AppendOnlyRow):
    """An item came to a colour; what it follows from stays on record."""

    table: ClassVar[str] = "item_light_entry"
    is_audited: ClassVar[bool] = False

    id: UUID
    item_id: UUID
    light: str
    reason: str
    #: Working days in all, and those left; negative when it is overdue.
    period: int
    days_left: int
    is_stopped: bool
    at: datetime


class ItemLightEntryTable(ItemLightEntry, table=True):
    __tablename__ = "item_light_entry"
    __table_args__ = (Index("ix_item_light_entry_item", "item_id", "id"),)

    id: UUID = Field(primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    at: datetime = Field(sa_type=_MOMENT)
