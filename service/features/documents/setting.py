"""Putting a paper's words together: the draft, its letterhead, its release, number and signer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from asyncpg import Record

from service.core.secrecy import Secrecy
from service.features.documents.basis import Basis
from service.features.documents.composing import composed, printable, shown
from service.features.documents.kinds.registry import KINDS, read_data
from service.features.documents.paper import Paper
from service.features.documents.paper_tables import DocumentDraft

#: What a draft needs to be printed; `d` is the draft.
PRINTED_COLUMNS = """
l.issuer, b.full_name AS body_name, r.flow, r.number AS release_number, r.proposed_by_name,
r.decided_by_name, o.series AS old_series, o.year AS old_year, o.number AS old_number,
o.issued_on AS old_issued_on
"""
PRINTED_JOINS = """
LEFT JOIN letterhead l ON l.series = d.series LEFT JOIN body b ON b.id = d.body_id
LEFT JOIN release r ON r.id = d.release_id LEFT JOIN document o ON o.id = d.supersedes_id
"""
_SECRECY = {Secrecy.PUBLIC: "公开", Secrecy.INTERNAL: "内部"}


@dataclass(frozen=True, slots=True)
class Signed:
    """What only an issued paper has: its number, who signed and on which day."""

    code: str
    signer: str
    on: date


def paper_of(draft: DocumentDraft, about: Record | dict[str, Any], signed: Signed | None) -> Paper:
    """The paper of a draft; `about` are its `PRINTED_COLUMNS`, `signed` is None before issue."""
    kind = KINDS[draft.kind]
    data = read_data(draft.kind, draft.data)
    issuer = (about["body_name"] if kind.is_units else about["issuer"]) or ""
    paper = Paper(
        letterhead="" if kind.is_units else issuer,
        code=signed.code if signed else _number_to_come(draft, data),
        secrecy=_SECRECY[draft.secrecy],
        title=draft.title,
        recipient=draft.recipient,
        blocks=composed(kind, data),
        correction=_correction(draft, about),
        attachments=draft.attachments,
        basis=[Basis.model_validate(each).printed for each in draft.basis],
        release=_release(about),
        issuer=issuer,
        signer=signed.signer if signed else "",
        dated=shown(signed.on) if signed else "　　年　月　日",
        copies_to=draft.copies_to,
        watermark="" if signed or kind.is_units else "核稿",
    )
    words = {n: printable(v) for n, v in paper if isinstance(v, str)}
    lists = {n: [printable(each) for each in getattr(paper, n)] for n in _LISTS}
    return paper.model_copy(update=words | lists)


_LISTS = ("attachments", "basis", "copies_to")


def code_of(series: str, year: int, number: int) -> str:
    """A number as it is printed: 青编〔2025〕12号."""
    return f"{series}〔{year}〕{number}号"


def _number_to_come(draft: DocumentDraft, data: Any) -> str:
    if KINDS[draft.kind].is_units:
        return getattr(data, "own_number", None) or ""
    return f"{draft.series}〔　　〕　号" if draft.series else ""


def _release(about: Record | dict[str, Any]) -> str:
    if about["flow"] is None:
        return ""
    return (
        f"办理所依流程：{about['flow']}第{about['release_number']}版"
        f"（提交人：{about['proposed_by_name']}；审定人：{about['decided_by_name']}）"
    )


def _correction(draft: DocumentDraft, about: Record | dict[str, Any]) -> str:
    if about["old_series"] is None:
        return ""
    code = code_of(about["old_series"], about["old_year"], about["old_number"])
    return f"本文件更正并取代{code}（{shown(about['old_issued_on'])}）。" + (
        f"更正理由：{draft.correction}" if draft.correction else ""
    )
