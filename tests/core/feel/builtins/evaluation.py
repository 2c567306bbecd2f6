"""Texts of FEEL evaluated in one line, for tests that state what an expression means."""

from service.core.feel import Limits, Run, Value, compile


def feel(text: str, values: dict[str, Value] | None = None, run: Run | None = None) -> Value:
    """The value of the text over these values."""
    given = values or {}
    return compile(text, given)(given, run)


def holds(text: str) -> bool:
    """Whether the text is true."""
    return feel(text) is True


def warned(text: str, *, limits: Limits | None = None) -> list[str]:
    """The codes of the warnings that evaluating the text leaves, and that its value is null."""
    run = Run(limits=limits) if limits else Run()
    assert feel(text, run=run) is None
    return [warning.code for warning in run.warnings]
