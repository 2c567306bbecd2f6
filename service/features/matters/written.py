"""What the forms of a matter say, in the terms of the matter: changes, basis, five statements.

A form is filled in by people, so that a row may be half said: what is missing is refused to them
in their words, while they still have the form open.
"""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.features.documents.basis import Basis, BasisLevel
from service.features.matters import rules
from service.features.matters.deltas import Delta, stored

Said = Annotated[str, Field(max_length=5000)]
Short = Annotated[str, Field(max_length=500)]


class Row(BaseModel):
    """One row of a form: members that are not filled in are left out or null."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenDelta(Row):
    """A row of 变更清单; `before` and `after` are numbers of posts, ranks, or the words."""

    ledger: Short
    action: Short
    body_id: UUID | None = None
    body_name: Short | None = None
    to_body_id: UUID | None = None
    kind: Short | None = None
    funding: Short | None = None
    level: Short | None = None
    slot: Short | None = None
    before: int | Short | None = None
    after: int | Short | None = None
    source: Short | None = None
    note: Short | None = None


class WrittenBasis(Row):
    """A row of 依据."""

    title: Short
    number: Short | None = None
    level: BasisLevel
    article: Short | None = None
    document_id: UUID | None = None


class Item(Row):
    """One of the contents that the kind of matter asks for."""

    code: Short
    text: Said


class Material(Row):
    """A paper that came with the request."""

    code: Short
    document_id: UUID
    copies: Annotated[int, Field(ge=0, le=1000)] | None = None
    is_original: bool | None = None


class Art16(Row):
    """The five statements of article 16, in their order."""

    leadership: Said
    conformity: Said
    need_and_means: Said
    science: Said
    foresight: Said

    @property
    def statements(self) -> list[str]:
        return list(self.model_dump().values())


def deltas_of(rows: Sequence[WrittenDelta], body_id: UUID) -> list[Delta]:
    """The changes that a form lists.

    Args:
        body_id: Whose change a row is that names no body and sets none up.

    Raises:
        DeltaIncomplete: A row does not say which account it changes, or by how much.
    """
    return [_delta(number, row, body_id) for number, row in enumerate(rows, start=1)]


def _delta(number: int, row: WrittenDelta, body_id: UUID) -> Delta:
    said: dict[str, Any] = row.model_dump(exclude={"before", "after", "note"}, exclude_none=True)
    if row.body_id is None and row.body_name is None:
        said["body_id"] = body_id
    words = row.after if isinstance(row.after, str) else row.note
    numbers = {"before": row.before, "after": row.after}
    said |= {name: each for name, each in numbers.items() if isinstance(each, int)}
    try:
        return Delta.model_validate({**said, "text": words})
    except ValidationError as error:
        first = error.errors()[0]
        raise rules.DeltaIncomplete(
            f"Expected row {number} of the changes to name its account, but {first['msg']}.",
            f"变更清单第{number}行应当写明所变更的台账科目，但填写不完整。",
            row=number,
            ledger=row.ledger,
        ) from error


def basis_of(rows: Sequence[WrittenBasis]) -> list[dict[str, Any]]:
    """The basis as the matter keeps it."""
    return [
        Basis(
            level=row.level,
            title=one_line(row.title),
            number=one_line(row.number) if row.number else None,
            article=one_line(row.article) if row.article else None,
            document_id=row.document_id,
        ).model_dump(mode="json")
        for row in rows
    ]


def one_line(text: str) -> str:
    """A text that was typed over several lines, as a title has it."""
    return " ".join(text.split())


def codes_of(rows: Sequence[Item] | Sequence[Material], before: Sequence[str] = ()) -> list[str]:
    """The codes of what is there, those of before among them."""
    return list(dict.fromkeys([*before, *(row.code for row in rows)]))


def same(deltas: Sequence[Delta], kept: Any) -> bool:
    """Whether a form asks for what the matter asks for already."""
    return bool(stored(deltas) == kept)
