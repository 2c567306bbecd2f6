"""What a reply says, in the words of the paper: from the changes as they were decided."""

from collections.abc import Sequence
from typing import Any

from service.features.bodies.codes import Rank
from service.features.matters.codes import DeltaAction, DeltaLedger
from service.features.matters.deltas import COUNTED, Delta

_LEDGERS = {
    DeltaLedger.BODY: "机构",
    DeltaLedger.RANK: "机构规格",
    DeltaLedger.NAME: "机构名称",
    DeltaLedger.NAMEPLATE: "牌子",
    DeltaLedger.SUBORDINATION: "隶属关系",
    DeltaLedger.CLASS: "类别和经费形式",
    DeltaLedger.MANDATE: "三定规定",
    DeltaLedger.NONQUOTA: "编外人员控制数",
}
_ACTIONS = {
    DeltaAction.SET_UP: "设立",
    DeltaAction.MERGE: "合并",
    DeltaAction.ABOLISH: "撤销",
    DeltaAction.RENAME: "更名",
    DeltaAction.ADD: "增加",
    DeltaAction.REMOVE: "撤除",
    DeltaAction.CHANGE: "调整",
}
_POINTS = (DeltaLedger.FUNCTION, DeltaLedger.INTERNAL_BODY)


def said_of(deltas: Sequence[Delta], names: dict[str, str]) -> dict[str, Any]:
    """The members `items` to `posts` of an approval reply; `names` are bodies by their ids."""
    return {
        "items": [
            {"item": f"{_name(each, names)}{_LEDGERS[each.ledger]}", "content": _said(each, names)}
            for each in deltas
            if each.ledger in _LEDGERS
        ],
        "functions": _points(deltas, DeltaLedger.FUNCTION, names),
        "internal_bodies": _points(deltas, DeltaLedger.INTERNAL_BODY, names),
        "quotas": [_quota(each, names) for each in deltas if each.ledger is DeltaLedger.QUOTA],
        "posts": [
            _post(each, names)
            for each in deltas
            if each.ledger in COUNTED and each.ledger is not DeltaLedger.QUOTA
        ],
    }


def _name(delta: Delta, names: dict[str, str]) -> str:
    return names.get(str(delta.body_id)) or delta.body_name or ""


def _said(delta: Delta, names: dict[str, str]) -> str:
    if delta.ledger is DeltaLedger.RANK:
        return f"规格调整为{list(Rank)[(delta.after or 1) - 1].zh}"
    numbers = "" if delta.after is None else f"，由{delta.before or 0}到{delta.after}"
    verb = "并入" if delta.action is DeltaAction.MERGE else "隶属"
    other = names.get(str(delta.to_body_id))
    where = f"，{verb}{other}" if other else ""
    text = f"：{delta.text}" if delta.text else ""
    if delta.ledger is DeltaLedger.BODY:
        numbers = ""
    return f"{_ACTIONS[delta.action]}{where}{numbers}{text}"


def _points(deltas: Sequence[Delta], ledger: DeltaLedger, names: dict[str, str]) -> list[str]:
    return [
        f"{_name(each, names)}{_ACTIONS[each.action]}：{each.text or each.body_name or '见附件'}"
        for each in deltas
        if each.ledger is ledger
    ]


def _quota(delta: Delta, names: dict[str, str]) -> dict[str, Any]:
    assert delta.kind is not None, "its form asks for it"
    assert delta.funding is not None, "as above"
    return {
        "body": _name(delta, names),
        "kind": delta.kind.zh,
        "funding": delta.funding.zh,
        "before": delta.before,
        "after": delta.after,
        "source": delta.source,
    }


def _post(delta: Delta, names: dict[str, str]) -> dict[str, Any]:
    assert delta.level is not None, "its form asks for it"
    assert delta.slot is not None, "as above"
    return {
        "body": _name(delta, names),
        "level": delta.level.zh,
        "slot": delta.slot.zh,
        "before": delta.before,
        "after": delta.after,
    }
