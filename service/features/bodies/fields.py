"""Kinds of value that describe bodies, each with its form."""

from datetime import date
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from service.core.identifiers import require_body_code, require_uscc
from service.core.values import Line, Text

# The sample's fictitious division passes here; whether it may is asked where it is written.
_body_code = partial(require_body_code, is_sample=True)
_uscc = partial(require_uscc, is_sample=True)

#: Establishment system body code: region (6 digits), system (2), serial (4).
BodyCode = Annotated[str, AfterValidator(_body_code), Field(examples=["990081050001"])]
#: Unified social credit code (GB 32100), with its check characters.
Uscc = Annotated[str, AfterValidator(_uscc), Field(examples=["119900819900000177"])]
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
