"""What is wrong with a file, as records that an editor can show at the right place."""

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or one warning.

    Attributes:
        rule: The broken rule's id, such as `missing_reference`.
        severity: `error` (the file cannot be deployed) or `warning`.
        element: The id of the element; "" where the file gives none.
        line: The line of the file, from 1; 0 where no place is known.
        message, message_zh: One sentence, in English and Chinese.
    """

    rule: str
    severity: str
    element: str
    line: int
    message: str
    message_zh: str


class Findings:
    """Collects the findings of one file, each once, in the order they are found."""

    def __init__(self) -> None:
        self._found: dict[Finding, None] = {}

    def error(self, rule: str, element: str, line: int, english: str, chinese: str) -> None:
        self._found[Finding(rule, ERROR, element, line, english, chinese)] = None

    def warn(self, rule: str, element: str, line: int, english: str, chinese: str) -> None:
        self._found[Finding(rule, WARNING, element, line, english, chinese)] = None

    def all(self) -> tuple[Finding, ...]:
        return tuple(self._found)
