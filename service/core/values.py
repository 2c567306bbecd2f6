"""Kinds of value that commands share, each with its bounds: what cannot be stored is refused."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints


def _printable(text: str) -> str:
    """Refuse control characters and lone surrogates: neither can be stored or shown."""
    for character in text:
        if (ord(character) < 32 and character not in "\n\t") or 0xD800 <= ord(character) < 0xE000:
            raise ValueError("expected printable text, but it has a control character")
    return text


_stripped = StringConstraints(
    strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\n\r\t]+$"
)
_titled = StringConstraints(
    strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\n\r\t]+$"
)
_long = StringConstraints(strip_whitespace=True, max_length=4000)

#: One line of text, 1 to 120 characters.
Line = Annotated[str, _stripped, AfterValidator(_printable)]
#: The full title of a paper, 1 to 200 characters.
Title = Annotated[str, _titled, AfterValidator(_printable)]
#: A text of up to 4,000 characters.
Text = Annotated[str, _long, AfterValidator(_printable)]
#: A number of whole posts that something asks for.
Posts = Annotated[int, Field(ge=1, le=100_000)]
