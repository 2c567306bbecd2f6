"""Files that nobody draws by accident: they cost a refusal, never the service."""

import asyncio
import json
from time import perf_counter

import pytest

from service.features.processes.checker import Limits
from service.features.processes.checking_apart import AT_ONCE_MAX, check_apart
from service.features.processes.contents import File
from service.features.processes.surroundings import of_this_service
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.processes.folders import FORM, folder, only

CHECK = "/flows/matters/check-release"
_LAUGHS = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10)
)  # fmt: skip
_XML = '<?xml version="1.0"?>'
_EMPTY = ' xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x"'
HOSTILE = {
    "laughs.bpmn": f"{_XML}<!DOCTYPE d [{_LAUGHS}]><definitions{_EMPTY}>&a9;</definitions>",
    "outside.bpmn": f'{_XML}<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd"><definitions{_EMPTY}/>',
    "file.bpmn": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d{_EMPTY}>&x;</d>',
    "include.bpmn": f'<definitions{_EMPTY}><x:include xmlns:x="http://www.w3.org/2001/XInclude"'
    ' href="file:///etc/passwd"/></definitions>',
    "deep.bpmn": f"<definitions{_EMPTY}>{'<process>' * 5_000}{'</process>' * 5_000}</definitions>",
    "attribute.bpmn": diagram("p", f'<task id="t" name="{"x" * 400_000}" q="{"y" * 400_000}"/>'),
    "ids.bpmn": diagram("p", f'<task id="{"x" * 900_000}"/>'),
    "nothing.bpmn": "",
    "zeros.bpmn": "\x00" * 100,
    "drawings/laughs.bpmn": f"{_XML}<!DOCTYPE d [{_LAUGHS}]><d>&a9;</d>",
    "forms/deep.schema.json": "[" * 900_000,
    "forms/pattern.schema.json": json.dumps(
        {"type": "object", "title": "x", "properties": {"a": {"pattern": "(a{900}){900}"}}}
    ),
    "forms/outside.schema.json": json.dumps(
        {"type": "object", "title": "x", "$ref": "http://127.0.0.1:1/schema"}
    ),
    "forms/endless.schema.json": json.dumps(
        {"type": "object", "title": "x", "$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}
    ),
}


@pytest.mark.parametrize("path", HOSTILE)
async def test_a_hostile_file_costs_a_finding_at_its_place(api: Api, path: str) -> None:
    began = perf_counter()
    got = await api("POST", CHECK, {"files": only(**{path: HOSTILE[path]})})
    assert got.status_code == 200, got.text[:500]
    found = [each for each in got.json()["findings"] if each["severity"] == "error"]
    assert {each["path"] for each in found} == {path}
    assert not {each["rule"] for each in found} & {"check_failed"}, found
    assert "root:" not in got.text
    assert len(got.text) < 30_000
    assert perf_counter() - began < 10


async def test_what_takes_too_long_is_refused_at_its_file(api: Api) -> None:
    gates = "".join(f'<exclusiveGateway id="g{n}"/>' for n in range(140_000))
    files = [
        File(path="forms/sound.schema.json", content=FORM),
        File(path="sound.bpmn", content=diagram("sound", chain(START, user_task("t"), END))),
        File(path="gates.bpmn", content=diagram("gates", gates)),
    ]
    assert len(files[-1].content) > 4_000_000
    check = check_apart(files, of_this_service(), Limits(cpu_s=4))
    checking = asyncio.create_task(check)
    await asyncio.sleep(1)
    began = perf_counter()
    assert (await api("GET", "/releases")).status_code == 200
    assert perf_counter() - began < 1, "others wait for it"
    (finding,) = (await checking).findings
    assert (finding.path, finding.rule, finding.severity) == (
        "gates.bpmn",
        "check_too_costly",
        "error",
    )
    assert finding.message.startswith("Expected ")
    assert finding.message_zh.endswith("。")


async def test_what_takes_too_much_memory_is_refused_at_its_file() -> None:
    gates = "".join(f'<exclusiveGateway id="g{n}"/>' for n in range(140_000))
    files = [File(path="gates.bpmn", content=diagram("gates", gates))]
    limits = Limits(cpu_s=60, memory_bytes=150_000_000)
    checked = await check_apart(files, of_this_service(), limits)
    assert [(each.path, each.rule) for each in checked.errors] == [
        ("gates.bpmn", "check_too_costly")
    ]


async def test_a_check_that_is_given_up_leaves_no_process_and_its_place_is_free() -> None:
    gates = "".join(f'<exclusiveGateway id="g{n}"/>' for n in range(140_000))
    slow = [File(path="gates.bpmn", content=diagram("gates", gates))]
    quick = [File(path="forms/sound.schema.json", content=FORM)]
    for _ in range(AT_ONCE_MAX + 1):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await check_apart(slow, of_this_service())
    assert (await check_apart(quick, of_this_service())).findings == []


async def test_more_checks_at_once_than_there_are_places_are_told_to_come_back(api: Api) -> None:
    sent = {"files": folder()}
    got = await asyncio.gather(*(api("POST", CHECK, sent) for _ in range(AT_ONCE_MAX + 2)))
    codes = sorted(each.status_code for each in got)
    assert codes[:AT_ONCE_MAX] == [200] * AT_ONCE_MAX
    assert {each.json()["code"] for each in got if each.status_code != 200} == {"unavailable"}
    assert (await api("POST", CHECK, sent)).status_code == 200
