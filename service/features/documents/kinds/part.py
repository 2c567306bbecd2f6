"""What the data of every kind of paper are made of. A field's title is what is printed."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from service.core.values import Line, Text


class Part(BaseModel):
    """Data of a paper, or one row of a table on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


#: A text that must be there.
Said = Annotated[Text, Field(min_length=1)]
#: Points of a list, each a paragraph.
Points = Annotated[list[Said], Field(max_length=50)]
SaidPoints = Annotated[list[Said], Field(min_length=1, max_length=50)]
#: Names or titles, each of one line.
Names = Annotated[list[Line], Field(max_length=100)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


def titled(zh: str, **more: Any) -> Any:
    """A field with the words before it on the paper; required unless it has a default."""
    return Field(title=zh, **more)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper."""

    data: type[Part]
    #: The first and the last sentence; names in braces are fields of the data.
    opening: str = ""
    closing: str = ""
    #: Stays inside the office: the body concerned does not see it.
    is_internal: bool = False
    #: Written by a unit, under its own number: drafted here, never issued here.
    is_units: bool = False
