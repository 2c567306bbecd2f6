"""Requests: thought of, written, and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from service.demo.scene import Scene
from service.sample_city.playing.answers import Choice
from service.sample_city.playing.matters import MatterPlay

#: What comes with every request of a unit, beside what the preview finds missing.
_MATERIALS: Final = ("PARTY_GROUP_MINUTES", "SEALED_ORIGINALS", "SELF_REPORT")


async def previewed(
    scene: Scene, kind: str, deltas: Sequence[Mapping[str, Any]], no: str | None = None
) -> dict[str, Any]:
    """What the tables would say to a request of the scene's body."""
    asked = _asked(scene, no or scene.no, kind, "拟申请事项", deltas)
    path = "/matters/preview"
    answer = await scene.stage.people.done(f"unit-{no or scene.no}", "POST", path, asked)
    scene.step("申报前预览", "previewed before anything is asked")
    return dict(answer)


async def written(
    scene: Scene,
    kind: str,
    title: str,
    deltas: Sequence[Mapping[str, Any]],
    *,
    no: str | None = None,
    choices: Mapping[str, list[Choice]] | None = None,
    results: Mapping[str, dict[str, Any]] | None = None,
) -> MatterPlay:
    """A draft of a unit with everything that its kind of matter needs."""
    applicant = no or scene.no
    asked = _asked(scene, applicant, kind, title, deltas)
    stage = scene.stage
    found = await stage.people.done(f"unit-{applicant}", "POST", "/matters/preview", asked)
    missing = found["completeness"]
    asked["contents"] = [each["code"] for each in missing["missing_contents"]]
    asked["materials"] = [each["code"] for each in missing["missing_materials"]]
    asked["materials"] += [each for each in _MATERIALS if each not in asked["materials"]]
    play = MatterPlay(
        people=stage.people,
        staff=stage.staff,
        asked=asked,
        paper=stage.paper,
        today=lambda: stage.today,
        choices=dict(choices or {}),
        results=dict(results or {}),
    )
    await play.start(f"unit-{applicant}")
    scene.step(f"起草：{title}", f"drafted: {kind}")
    return play


def _asked(
    scene: Scene, no: str, kind: str, title: str, deltas: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    body_id = scene.stage.staff.bodies[no]
    return {"type": kind, "title": title, "body_id": body_id, "deltas": [dict(x) for x in deltas]}


async def withdrawn(scene: Scene, matter: MatterPlay, no: str | None = None) -> None:
    """The unit takes it back: what it was to show is shown."""
    given = {"statement": "暂不申请。", "minutes_document_id": scene.stage.paper}
    path = f"/matters/{matter.id}/withdraw"
    await scene.stage.people.done(f"unit-{no or scene.no}", "POST", path, given)
    scene.step("单位撤回", "the unit takes it back")


def rules_of(hits: Iterable[Mapping[str, Any]] | None, result: str) -> list[str]:
    """Which rows of the gate's table came to a result."""
    return sorted({str(each["rule"]) for each in hits or () if each["result"] == result})
