"""Service guides (办事指南): drafted by a case officer, approved by the director."""

from typing import Any, Final

from service.sample_city.history.guide_files import sample, template
from service.sample_city.history.guide_rows import OF_EVALUATION, PROCEDURES, REQUEST
from service.sample_city.playing.house import House
from service.sample_city.playing.people import Refused

_DRAFTER: Final = "office-06"
_DIRECTOR: Final = "office-01"
_POINTS: Final = ("单位名称", "办理事项", "基本情况", "依据", "说明")
_BASIS: Final = [
    {"level": "CENTRAL", "title": "《中国共产党机构编制工作条例》", "article": "第十四条"},
    {"level": "INTERNAL", "title": "办事指南材料清单"},
]
_FLOW: Final = [
    {"name": "申报", "by": "申请单位"},
    {"name": "受理", "by": "编办综合科", "limit": "2个工作日"},
    {"name": "审核", "by": "编办业务股"},
    {"name": "审议", "by": "编办室务会或者编委会"},
    {"name": "批复", "by": "编办", "limit": "5个工作日"},
]


class GuideShelf:
    """Publishes the guides of all procedures; files serve every guide that names them."""

    def __init__(self, house: House) -> None:
        self.house, self.people = house, house.people
        self._files: dict[str, dict[str, str]] = {}

    async def fill(self) -> int:
        """Publish them all; how many there are."""
        for code in PROCEDURES:
            await self._publish(code)
        return len(PROCEDURES)

    async def _publish(self, code: str) -> None:
        page = self._page(code)
        contents = await self._contents(code)
        materials = [await self._material(*REQUEST, headings=contents or _POINTS, serves=code)]
        for each, name in await self._asked_for(code, page):
            materials.append(await self._material(each, name))
        made = await self.people.done(
            _DRAFTER, "POST", "/guide-versions", page | {"materials": materials}
        )
        path = f"/guide-versions/{made['id']}/approve"
        await self.people.done(_DIRECTOR, "POST", path, version=made["version"])

    def _page(self, code: str) -> dict[str, Any]:
        title, authority, days = PROCEDURES[code]
        return {
            "code": code,
            "title": title,
            "effective_on": self.house.today.isoformat(),
            "basis": _BASIS,
            "who": ["党政机关、群团机关、乡镇（街道），以及所属事业单位"],
            "conditions": ["经单位领导班子集体研究", "没有应当先行整改的问题"],
            "flow": _FLOW,
            "authority": [authority],
            "limit": f"{days}个工作日（不含补正、征求意见和报上级的时间）",
            "contact": "市委编办综合科 000-00000000",
        }

    async def _asked_for(self, code: str, page: dict[str, Any]) -> list[tuple[str, str]]:
        """The materials that the table in force asks for, as the refusal of an empty page has."""
        if not code.startswith("M"):
            return list(OF_EVALUATION)
        try:
            await self.people.done(_DRAFTER, "POST", "/guide-versions", page)
        except Refused as refusal:
            missing = refusal.problem.get("facts", {}).get("missing")
            if not missing:
                raise
            return [(each["code"], each["name"]) for each in missing]
        raise LookupError(f"Expected that {code} asks for materials, but it asks for none.")

    async def _contents(self, code: str) -> list[str]:
        """What a request of a kind must say, by the table in force."""
        if not code.startswith("M"):
            return []
        given = {"inputs": {"facts": {"type": code}}}
        decided = await self.people.done(
            _DRAFTER, "POST", "/decisions/required_contents/evaluate", given
        )
        return [each["name"] for each in decided["output"] or []]

    async def _material(
        self, code: str, name: str, headings: Any = _POINTS, serves: str = ""
    ) -> dict[str, Any]:
        key = f"{name}{serves}"
        if key not in self._files:
            self._files[key] = {
                "template_file_id": await self._upload(f"{key}样表", template(name, headings)),
                "sample_file_id": await self._upload(f"{key}示例", sample(name, headings)),
            }
        return {
            "code": code,
            "name": name,
            "form": "BOTH",
            "format": "A4，加盖公章",
            "copies": 2,
            "is_original": True,
            **self._files[key],
        }

    async def _upload(self, name: str, content: bytes) -> str:
        kept = "".join(each for each in name if each.isalnum() or each in "（）")
        path = f"/guide-files?filename={kept}.docx"
        return str((await self.people.upload(_DRAFTER, path, content))["id"])
