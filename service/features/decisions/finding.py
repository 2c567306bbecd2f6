"""One thing that a check found in a file, for an editor to show at the right place."""

from typing import Literal

from pydantic import BaseModel

ERROR, WARNING, TEST = "error", "warning", "test"


class Finding(BaseModel):
    """A sentence with its place. Errors forbid a release, failed tests do unless forced."""

    path: str
    #: Which rule of the checker is broken: `syntax`, `overlap`, `missing_requirement`, …
    rule: str
    severity: Literal["error", "warning", "test"]
    message: str
    message_zh: str
    #: Id of the element; empty where the file gives none.
    element: str = ""
    #: Line of the file from 1; 0 where no place is known.
    line: int = 0
    #: In a decision table: its id, the rule's number from 1, and the column's label.
    table: str = ""
    rule_number: int = 0
    column: str = ""
