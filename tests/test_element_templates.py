"""The element templates for Camunda Modeler: what the code says, and what a diagram may say."""

import json
from pathlib import Path
from typing import Any

import pytest

from service import element_templates
from service.core.auth.actor import Duty
from service.features.processes.orderable import orderable

_FILE = Path(__file__).parents[1] / element_templates.FILE


@pytest.fixture(scope="module")
def templates() -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in json.loads(_FILE.read_text(encoding="utf-8"))}


def test_the_file_is_what_the_code_exports() -> None:
    same = _FILE.read_text(encoding="utf-8") == element_templates.text()
    assert same, "Expected the templates to be what the code says, but not so: `make openapi`."


def test_every_command_that_a_diagram_may_order_has_its_fields_as_inputs(
    templates: dict[str, dict[str, Any]],
) -> None:
    for name, fields in orderable().items():
        properties = templates[f"dingbian.{name}"]["properties"]
        inputs = {each["binding"]["name"]: each for each in properties[1:]}
        assert properties[0]["binding"]["property"] == "type"
        assert properties[0]["value"] == name
        assert set(inputs) == fields.all, name
        needed = {field for field, each in inputs.items() if "constraints" in each}
        assert needed == fields.required, name


def test_tasks_offer_every_duty_of_people_and_the_forms_of_their_flow(
    templates: dict[str, dict[str, Any]],
) -> None:
    duties = {str(each) for each in Duty} - {"process"}
    flows = Path(__file__).parents[1] / "bpmn"
    for folder in [each for each in flows.iterdir() if (each / "forms").is_dir()]:
        _, duty, form, binding = templates[f"dingbian.task.{folder.name}"]["properties"]
        assert {each["value"] for each in duty["choices"]} == duties
        files = {each.name.split(".")[0] for each in (folder / "forms").iterdir()}
        assert {each["value"] for each in form["choices"]} == files
        assert binding["value"] == "deployment"
