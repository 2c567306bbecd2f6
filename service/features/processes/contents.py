"""What is sent as a release, and checking all of it: the files of one flow's folder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    computed_field,
)

from service.core.feel import Run
from service.features.decisions.finding import ERROR, TEST, Finding
from service.features.decisions.model_files import CheckedModel, check_models
from service.features.decisions.scenarios import check_scenarios

FILES_MAX = 200

Flow = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"),
    Field(description="The flow's folder under `bpmn/`.", examples=["matters"]),
]
FilePath = Annotated[
    str,
    StringConstraints(
        pattern=r"^([a-z][a-z0-9_-]*/)?[A-Za-z0-9][A-Za-z0-9_.-]*\.(dmn|yaml)$", max_length=120
    ),
    Field(description="Below the flow's folder.", examples=["authority.dmn"]),
]


class File(BaseModel):
    """A file as its editor saved it. The audit keeps its SHA-256, not its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: FilePath
    content: Annotated[str, Field(max_length=5_000_000, exclude=True, repr=False)]

    @computed_field  # type: ignore[prop-decorator]  # as pydantic documents it
    @property
    def hash(self) -> str:
        """SHA-256 of the content, hexadecimal."""
        return sha256(self.content.encode()).hexdigest()


def _once(files: tuple[File, ...]) -> tuple[File, ...]:
    paths = [file.path for file in files]
    if len(set(paths)) < len(paths):
        raise ValueError("expected each path once, but one stands there twice")
    return files


Files = Annotated[
    tuple[File, ...], Field(min_length=1, max_length=FILES_MAX), AfterValidator(_once)
]


@dataclass(frozen=True, slots=True)
class Checked:
    """The files of a release with what is wrong with them."""

    findings: list[Finding]
    models: dict[str, CheckedModel]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == ERROR]

    @property
    def failed_tests(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == TEST]


def check(files: Sequence[File], runs: Callable[[], Run]) -> Checked:
    """Read, compile and test all files, each test in a run of its own."""
    texts = {file.path: file.content for file in files}
    models = check_models({path: text for path, text in texts.items() if path.endswith(".dmn")})
    findings = [finding for model in models.values() for finding in model.findings]
    scenarios = {path: text for path, text in texts.items() if path.endswith(".yaml")}
    findings += check_scenarios(scenarios, models, runs)
    return Checked(findings, models)
