"""A code of a code list: stored and sent as it is, shown by its Chinese term."""

from enum import StrEnum
from typing import Self


class NamedCode(StrEnum):
    """A code with the Chinese term that it stands for."""

    zh: str

    def __new__(cls, value: str, zh: str = "") -> Self:
        code = str.__new__(cls, value)
        code._value_ = value
        code.zh = zh
        return code

    @classmethod
    def named(cls, text: str) -> Self:
        """The code that a person means by a code or by its Chinese term.

        Raises:
            ValueError: There is none.
        """
        for code in cls:
            if text in (code.value, code.zh):
                return code
        raise ValueError(f"expected one of {', '.join(code.zh for code in cls)}, but it is {text}")
