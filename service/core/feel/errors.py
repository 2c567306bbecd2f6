"""What this language raises. Everything else that goes wrong in an expression is null."""


class FeelError(Exception):
    """The root of every exception of this package.

    Attributes:
        message: The sentence in English.
        message_zh: The same in Chinese.
        line, column: Where in the text, both from 1; 0 where no place is known.
    """

    def __init__(self, message: str, message_zh: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(f"{message} (line {line}, column {column})" if line else message)
        self.message = message
        self.message_zh = message_zh
        self.line = line
        self.column = column


class SyntaxFault(FeelError):
    """The text is not an expression.

    Attributes:
        expected: What could have stood at this place, in English.
    """

    def __init__(
        self, message: str, message_zh: str, *, line: int, column: int, expected: str = ""
    ) -> None:
        super().__init__(message, message_zh, line=line, column=column)
        self.expected = expected


class EvaluationError(FeelError):
    """What would only be null with a warning, where a run is strict.

    Attributes:
        code: The code of the warning, such as `wrong_type`.
    """

    def __init__(
        self, code: str, message: str, message_zh: str, *, line: int = 0, column: int = 0
    ) -> None:
        super().__init__(message, message_zh, line=line, column=column)
        self.code = code


class BudgetExceeded(FeelError):
    """An evaluation wanted more than its budget; no expression can catch it.

    Attributes:
        resource: `steps`, `size`, `total`, `depth` or `time`.
    """

    def __init__(self, resource: str, message: str, message_zh: str) -> None:
        super().__init__(message, message_zh)
        self.resource = resource
