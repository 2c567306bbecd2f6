"""What is sent as a release: the files of one flow's folder.

Diagrams that run and tables stand in the folder itself or one below, `forms/<id>.schema.json` are
forms, `*.yaml` are scenarios, and `drawings/*.bpmn` are diagrams that are only shown.
"""

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

FILES_MAX = 200
#: The largest request that sends a folder. The largest folder of the house, with all its tests,
#: is 1.4 million bytes; other requests are smaller (`body_max_bytes`).
REQUEST_MAX = 5_000_000

Flow = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"),
    Field(description="The flow's folder under `bpmn/`.", examples=["matters"]),
]
FilePath = Annotated[
    str,
    StringConstraints(
        pattern=r"^(([a-z][a-z0-9_-]*/)?[A-Za-z0-9][A-Za-z0-9_.-]*\.(bpmn|dmn|yaml)"
        r"|forms/[A-Za-z0-9][A-Za-z0-9_.-]*\.schema\.json)$",
        max_length=120,
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
