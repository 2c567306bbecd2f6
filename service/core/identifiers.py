"""Numbers that carry their own proof: credit codes, identity numbers, body codes, document numbers.

Check characters are computed by python-stdnum where it knows the standard. Divisions are
judged by our own rule, since a library's list of past and present counties ages: the first
two digits must be a province of GB/T 2260. The sample city lives in two divisions that do not
exist; they pass only when the caller says that it deals with the sample (`is_sample`).

No refusal repeats an identity number: messages reach logs and stored answers.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc

SAMPLE_DIVISIONS: Final = frozenset({"990081", "990000"})

# GB/T 2260: 31 provinces of the mainland, then Taiwan, Hong Kong, Macao.
_DIVISION: Final = re.compile(r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}")
_USCC: Final = re.compile(r"[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}")
_ORGANISATION_CODE: Final = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_NUMBER: Final = re.compile(r"[0-9]{17}[0-9X]")
_BODY_CODE: Final = re.compile(r"[0-9]{12}")
_DOCUMENT_NUMBER: Final = re.compile(r"([一-鿿]{1,20})〔([0-9]{4})〕([1-9][0-9]{0,5})号")
_SYSTEMS: Final = 12


class InvalidIdentifier(ValueError):
    """A number is not what it claims to be. The message reads "Expected …, but …"."""


def is_division(code: str, *, is_sample: bool = False) -> bool:
    """Whether six digits can be an administrative division."""
    return bool(_DIVISION.fullmatch(code)) or (is_sample and code in SAMPLE_DIVISIONS)


def require_uscc(text: str, *, is_sample: bool = False) -> str:
    """Return a unified social credit code (GB 32100) without blanks, in capitals.

    Raises `InvalidIdentifier` for a wrong form, division, organisation code or check character.
    """
    code = text.strip().upper()
    if not _USCC.fullmatch(code):
        raise InvalidIdentifier(
            "Expected a unified social credit code of 18 digits and capitals without I, O, S, "
            f"V, Z, but got {text!r}."
        )
    _require_division(code[2:8], "Expected digits 3 to 8 of the credit code to be", is_sample)
    require_organisation_code(code[8:17])
    _require_check(stdnum_uscc.calc_check_digit(code[:17]), code[17], "credit code")
    return code


def uscc_of(first_17: str) -> str:
    """Complete 17 characters of a credit code with their check character (GB 32100)."""
    return first_17 + stdnum_uscc.calc_check_digit(first_17)


def require_organisation_code(text: str) -> str:
    """Return an organisation code (GB 11714, 9 characters, an optional hyphen before the last).

    Raises `InvalidIdentifier` for a wrong form or check character.
    """
    code = text.strip().upper()
    if len(code) == 10 and code[8] == "-":
        code = code[:8] + code[9]
    if not _ORGANISATION_CODE.fullmatch(code):
        raise InvalidIdentifier(
            f"Expected an organisation code of 8 digits or capitals and a check character, "
            f"but got {text!r}."
        )
    _require_check(organisation_code_of(code[:8])[8], code[8], "organisation code")
    return code


def organisation_code_of(first_8: str) -> str:
    """Complete 8 characters of an organisation code with their check character (GB 11714)."""
    total = sum(int(c, 36) * w for c, w in zip(first_8, _ORGANISATION_WEIGHTS, strict=True))
    return first_8 + "0123456789X"[-total % 11]


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A checked identity number (GB 11643) and what it says of its holder."""

    number: str
    division: str
    birth: date
    is_male: bool


def parse_id_number(text: str, *, is_sample: bool = False) -> IdNumber:
    """Read an identity number.

    Raises `InvalidIdentifier` for a wrong form, division, date of birth or check character.
    """
    number = text.strip().upper()
    if not _ID_NUMBER.fullmatch(number):
        raise InvalidIdentifier(
            "Expected an identity number of 17 digits and a digit or X, but its form differs."
        )
    _require_division(number[:6], "Expected an identity number that begins with", is_sample)
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise InvalidIdentifier(
            "Expected a date of birth in digits 7 to 14 of the identity number, "
            "but there is no such day."
        ) from None
    _require_check(ric.calc_check_digit(number), number[17], "identity number")
    return IdNumber(number, number[:6], birth, is_male=int(number[16]) % 2 == 1)


def id_number_of(first_17: str) -> str:
    """Complete 17 digits of an identity number with their check character (GB 11643)."""
    return first_17 + str(ric.calc_check_digit(first_17 + "0"))


def require_body_code(text: str, *, is_sample: bool = False) -> str:
    """Return a body code: division (6), system (2, 01 to 12), serial (4, from 0001).

    Raises `InvalidIdentifier` if a part is not what it should be.
    """
    if not _BODY_CODE.fullmatch(text):
        raise InvalidIdentifier(f"Expected a body code of 12 digits, but got {text!r}.")
    _require_division(text[:6], "Expected a body code that begins with", is_sample)
    if not 1 <= int(text[6:8]) <= _SYSTEMS:
        raise InvalidIdentifier(
            f"Expected 01 to {_SYSTEMS} in digits 7 and 8 of the body code, but got {text[6:8]}."
        )
    if text[8:] == "0000":
        raise InvalidIdentifier("Expected a serial from 0001 in the body code, but got 0000.")
    return text


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A document number such as 青编〔2025〕12号: gap-free per series and year (I15)."""

    series: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.series}〔{self.year:04}〕{self.number}号"


def parse_document_number(text: str) -> DocumentNumber:
    """Read `series〔YYYY〕n号`. Raises `InvalidIdentifier` for any other form."""
    match = _DOCUMENT_NUMBER.fullmatch(text.strip())
    if match is None:
        raise InvalidIdentifier(
            f"Expected a document number like 青编〔2025〕12号, but got {text!r}."
        )
    return DocumentNumber(match[1], int(match[2]), int(match[3]))


def _require_division(code: str, expected: str, is_sample: bool) -> None:
    if not is_division(code, is_sample=is_sample):
        raise InvalidIdentifier(f"{expected} an administrative division, but got {code}.")


def _require_check(expected: str, given: str, what: str) -> None:
    if given != expected:
        raise InvalidIdentifier(
            f"Expected the {what} to end with its check character {expected}, but got {given}."
        )
