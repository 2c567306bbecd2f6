"""Secrecy of what is entered: classified matter must never reach this system (I20)."""

from enum import StrEnum

from service.core.errors import RuleBroken


class Secrecy(StrEnum):
    """How secret a thing is. Only the first two may be stored."""

    PUBLIC = "PUBLIC"
    INTERNAL = "INTERNAL"
    CONFIDENTIAL = "CONFIDENTIAL"
    """秘密"""
    SECRET = "SECRET"
    """机密"""
    TOP_SECRET = "TOP_SECRET"
    """绝密"""


STORABLE = (Secrecy.PUBLIC, Secrecy.INTERNAL)


class ClassifiedMatter(RuleBroken):
    """Classified matter (秘密 and above) is refused at input and kept nowhere, not even here."""

    code = "classified_matter"
    title_zh = "涉密内容不得录入"
    title_en = "Classified matter"
    rule = "I20"
    article = "《中华人民共和国保守国家秘密法》"


def require_storable(secrecy: Secrecy) -> None:
    """Refuse what is classified.

    Raises:
        ClassifiedMatter: It is 秘密 or above.
    """
    if secrecy not in STORABLE:
        raise ClassifiedMatter(
            "Expected public or internal matter, but it is classified.",
            "应当为公开或内部内容，但属于国家秘密。",
        )
