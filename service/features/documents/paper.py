"""A paper as it is printed: every word on it, in order, and nothing about how it looks.

PDF and Word are made from it alone. An issued paper is kept in this form, so that it can be
printed for ever as it was, whatever becomes of the kinds of paper and of the data behind them.
"""

import hashlib
from typing import Final, Literal

import orjson
from pydantic import BaseModel, ConfigDict

#: Number of the layout in which papers are set today; a new look is a new number.
LAYOUT: Final = 1


class Block(BaseModel):
    """A piece of the text. What `cells` are depends on the kind.

    `heading` and `paragraph` have one cell, `pairs` rows of a label and a value, `grid` a row of
    column heads and then the rows.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["heading", "paragraph", "pairs", "grid"]
    cells: list[list[str]]


class Paper(BaseModel):
    """All the words of one paper; empty where something does not stand on it."""

    model_config = ConfigDict(frozen=True)

    layout: int = LAYOUT
    #: The red head: whose paper it is.
    letterhead: str
    #: Its number as printed: 青编办〔2026〕3号.
    code: str
    #: 公开 or 内部.
    secrecy: str
    title: str
    #: Whom it is addressed to (主送机关).
    recipient: str
    blocks: list[Block]
    #: Which older document it corrects, in a sentence.
    correction: str
    attachments: list[str]
    #: The rules behind it, each as printed.
    basis: list[str]
    #: The release it was made under, with both names.
    release: str
    #: Below the text: who issues it, who signed, on which day.
    issuer: str
    signer: str
    dated: str
    copies_to: list[str]
    #: Large and grey behind the text, on what is not issued yet.
    watermark: str


def digest_of(paper: Paper) -> str:
    """SHA-256 over every word of a paper, hexadecimal: equal for equal papers, on any machine."""
    return hashlib.sha256(orjson.dumps(paper.model_dump(), option=orjson.OPT_SORT_KEYS)).hexdigest()
