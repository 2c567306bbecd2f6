"""Identifiers: the published vectors, the fictitious ones, and what is refused."""

from datetime import date

import pytest

from service.core.identifiers import (
    DocumentNumber,
    InvalidIdentifier,
    id_number_of,
    is_division,
    organisation_code_of,
    parse_document_number,
    parse_id_number,
    require_body_code,
    require_organisation_code,
    require_uscc,
    uscc_of,
)

SAMPLE_USCCS = [
    "119900819900000177",
    "119900819900000252",
    "1299008199000101XF",
    "12990081990001028F",
    "119900819900000920",
]
SAMPLE_IDS = ["990081198501010017", "990081199202290025", "990081197811150037"]


def test_a_published_credit_code_passes():
    assert require_uscc(" 91110108551385082q ") == "91110108551385082Q"


@pytest.mark.parametrize("code", SAMPLE_USCCS)
def test_the_fictitious_credit_codes_pass_in_the_sample_and_nowhere_else(code):
    assert require_uscc(code, is_sample=True) == code
    assert uscc_of(code[:17]) == code
    with pytest.raises(InvalidIdentifier, match="administrative division, but got 990081"):
        require_uscc(code)


def test_a_credit_code_whose_remainder_is_zero_ends_with_zero():
    assert uscc_of("11990081990000092") == "119900819900000920"


@pytest.mark.parametrize(
    ("code", "because"),
    [
        ("91110108551385082A", "check character Q, but got A"),
        ("911101085513850821", "check character Q"),
        ("91110108551385083Q", "organisation code to end with its check character 2"),
        ("9111010855138508Q", "18 digits and capitals"),
        ("91110108I51385082Q", "18 digits and capitals"),
        ("A1110108551385082Q", "18 digits and capitals"),
        ("91000008551385082Q", "administrative division, but got 000008"),
        ("", "18 digits and capitals"),
    ],
)
def test_a_wrong_credit_code_is_refused_with_the_reason(code, because):
    with pytest.raises(InvalidIdentifier, match=f"^Expected .*{because}"):
        require_uscc(code)


@pytest.mark.parametrize("text", ["551385082", "55138508-2", " 551385082 "])
def test_an_organisation_code_passes_with_or_without_its_hyphen(text):
    assert require_organisation_code(text) == "551385082"


@pytest.mark.parametrize(("first_8", "check"), [("00000004", "3"), ("00000000", "0")])
def test_an_organisation_code_wraps_eleven_to_zero(first_8, check):
    assert organisation_code_of(first_8) == first_8 + check


def test_an_organisation_code_writes_ten_as_x():
    # 2 · 6 = 12, and 11 − 12 mod 11 is 10.
    assert organisation_code_of("00000006") == "00000006X"


@pytest.mark.parametrize("text", ["551385081", "55138508", "5513-85082", "O5513850"])
def test_a_wrong_organisation_code_is_refused(text):
    with pytest.raises(InvalidIdentifier, match=r"^Expected .*organisation code"):
        require_organisation_code(text)


def test_a_published_identity_number_says_when_its_holder_was_born():
    holder = parse_id_number("11010519491231002x")

    assert holder.number == "11010519491231002X"
    assert holder.birth == date(1949, 12, 31)
    assert not holder.is_male


@pytest.mark.parametrize("number", SAMPLE_IDS)
def test_the_fictitious_identity_numbers_pass_in_the_sample_and_nowhere_else(number):
    assert parse_id_number(number, is_sample=True).number == number
    assert id_number_of(number[:17]) == number
    with pytest.raises(InvalidIdentifier, match="administrative division, but got 990081"):
        parse_id_number(number)


def test_an_odd_seventeenth_digit_is_a_man():
    assert parse_id_number("990081198501010017", is_sample=True).is_male
    assert not parse_id_number("990081199202290025", is_sample=True).is_male


def test_a_right_check_digit_does_not_excuse_an_impossible_date():
    assert id_number_of("99008119900229001") == "990081199002290012"
    with pytest.raises(InvalidIdentifier, match="there is no such day"):
        parse_id_number("990081199002290012", is_sample=True)


@pytest.mark.parametrize(
    ("number", "because"),
    [
        ("110105194912310021", "check character X, but got 1"),
        ("11010519491231002", "17 digits and a digit or X"),
        ("1101051949123100２X", "17 digits and a digit or X"),
        ("X10105194912310021", "17 digits and a digit or X"),
        ("991105194912310021", "administrative division, but got 991105"),
    ],
)
def test_a_wrong_identity_number_is_refused_without_repeating_it(number, because):
    with pytest.raises(InvalidIdentifier, match=f"^Expected .*{because}") as refusal:
        parse_id_number(number, is_sample=True)
    assert number not in str(refusal.value)


@pytest.mark.parametrize(
    ("code", "is_sample", "expected"),
    [
        ("420581", False, True),
        ("990081", False, False),
        ("990081", True, True),
        ("990000", True, True),
        ("990082", True, False),
        ("42058", False, False),
        ("４２0581", False, False),
    ],
)
def test_a_division_begins_with_a_province_or_belongs_to_the_sample(code, is_sample, expected):
    assert is_division(code, is_sample=is_sample) is expected


def test_a_body_code_is_division_system_and_serial():
    assert require_body_code("990081010004", is_sample=True) == "990081010004"


@pytest.mark.parametrize(
    ("code", "because"),
    [
        ("99008101004", "12 digits"),
        ("990081010004", "administrative division, but got 990081"),
        ("420581130004", "01 to 12 in digits 7 and 8"),
        ("420581000004", "01 to 12 in digits 7 and 8"),
        ("420581010000", "a serial from 0001"),
    ],
)
def test_a_wrong_body_code_is_refused_with_the_reason(code, because):
    with pytest.raises(InvalidIdentifier, match=f"^Expected .*{because}"):
        require_body_code(code)


def test_a_document_number_reads_as_it_is_written():
    number = parse_document_number("青编〔2025〕12号")

    assert number == DocumentNumber("青编", 2025, 12)
    assert str(number) == "青编〔2025〕12号"


@pytest.mark.parametrize(
    "text",
    [
        "青编[2025]12号",
        "青编〔2025〕012号",
        "青编〔2025〕0号",
        "〔2025〕12号",
        "青编〔25〕1号",
        "青编〔2025〕12",
    ],
)
def test_any_other_form_of_document_number_is_refused(text):
    with pytest.raises(InvalidIdentifier, match=r"^Expected a document number like"):
        parse_document_number(text)
