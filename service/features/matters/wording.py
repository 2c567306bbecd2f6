"""Changes in the words of a paper: 市第1局：行政编制（财政拨款）由5名调整为7名."""

from collections.abc import Sequence

from service.core.command import Context
from service.features.bodies.codes import Rank
from service.features.matters.codes import DeltaAction, DeltaLedger
from service.features.matters.deltas import Delta

_NAMES = "SELECT id, full_name FROM body WHERE id = ANY ($1)"
_ACTIONS = {
    DeltaAction.SET_UP: "设立",
    DeltaAction.MERGE: "合并",
    DeltaAction.ABOLISH: "撤销",
    DeltaAction.RENAME: "更名",
    DeltaAction.ADD: "增加",
    DeltaAction.REMOVE: "取消",
    DeltaAction.CHANGE: "调整",
}
_LEDGERS = {
    DeltaLedger.BODY: "机构",
    DeltaLedger.RANK: "机构规格",
    DeltaLedger.NAME: "机构名称",
    DeltaLedger.NAMEPLATE: "牌子",
    DeltaLedger.SUBORDINATION: "隶属关系",
    DeltaLedger.CLASS: "单位类别",
    DeltaLedger.FUNCTION: "主要职责",
    DeltaLedger.MANDATE: "三定规定",
    DeltaLedger.INTERNAL_BODY: "内设机构",
    DeltaLedger.QUOTA: "编制",
    DeltaLedger.LEADERSHIP: "领导职数",
    DeltaLedger.MIDLEVEL: "中层职数",
    DeltaLedger.NONQUOTA: "编外用工控制数",
}


async def worded(context: Context, deltas: Sequence[Delta]) -> list[str]:
    """Each change as a sentence, with the names that the bodies have now."""
    named = {each for delta in deltas for each in (delta.body_id, delta.to_body_id) if each}
    records = await context.connection.fetch(_NAMES, sorted(named))
    names = {record["id"]: record["full_name"] for record in records}
    return [_sentence(delta, names) for delta in deltas]


def _sentence(delta: Delta, names: dict[object, str]) -> str:
    body = names.get(delta.body_id) or delta.body_name or ""
    target = f"（{names[delta.to_body_id]}）" if delta.to_body_id in names else ""
    return f"{body}：{_account(delta)}{_change(delta)}{target}"


def _account(delta: Delta) -> str:
    if delta.kind and delta.funding:
        return f"{delta.kind.zh}（{delta.funding.zh}）"
    if delta.level and delta.slot:
        return f"{_LEDGERS[delta.ledger]}（{delta.level.zh}{delta.slot.zh}）"
    return _LEDGERS[delta.ledger]


def _change(delta: Delta) -> str:
    if delta.ledger is DeltaLedger.RANK and delta.after:
        return f"调整为{list(Rank)[delta.after - 1].zh}"
    if delta.before is not None and delta.after is not None:
        return f"由{delta.before}名调整为{delta.after}名"
    return _ACTIONS[delta.action] + (f"：{delta.text}" if delta.text else "")
