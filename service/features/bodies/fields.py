"""Kinds of value that describe bodies, each with its form."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from service.core.values import Line, Text


def _credit_code(text: str) -> str:
    """A unified social credit code (GB 32100) whose check character is right."""
    try:
        return str(uscc.validate(text))
    except ValidationError as fault:
        raise ValueError("expected a credit code of 18 characters with its check") from fault


#: Establishment system body code: region (6 digits), system (2), serial (4).
BodyCode = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{12}$"), Field(examples=["990081020001"])
]
Uscc = Annotated[str, AfterValidator(_credit_code), Field(examples=["119900819900000177"])]
#: A name as approved, on one line.
Name = Annotated[Line, StringConstraints(pattern=r"^[^\n\t]+$")]
Names = Annotated[tuple[Name, ...], Field(max_length=20)]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9+()（）、,，;； \-]{1,60}$")]
#: A registered web domain, as `example.gov.cn` or in Chinese.
DomainName = Annotated[str, StringConstraints(pattern=r"^[\w\-]+(\.[\w\-]+)+$", max_length=120)]
ShortText = Annotated[Text, StringConstraints(max_length=400)]

EffectiveOn = Annotated[
    date, Field(ge=date(1949, 1, 1), description="The day from which it is so; not after today.")
]
AsOf = Annotated[
    date | None, Field(description="The day on which the answer is true; today if left out.")
]
