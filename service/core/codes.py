"""A code of a code list: a stable English identifier with the Chinese word users see."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """Base of every code list. A member is written `NAME = "NAME", "中文"`.

    The value is what is stored, sent and compared; `zh` is only ever shown.
    """

    zh: str

    def __new__(cls, value: str, zh: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member

    @classmethod
    def meant_by(cls, text: str) -> Self:
        """The code that a person means by its identifier or by its Chinese word.

        Raises:
            ValueError: There is none; the message lists the words.
        """
        for member in cls:
            if text in (member.value, member.zh):
                return member
        words = "、".join(member.zh for member in cls)
        raise ValueError(f"Expected one of {words}, but it is {text}.")
