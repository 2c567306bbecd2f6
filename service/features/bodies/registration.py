"""What is told about a body when it is registered, singly or as a line of a file."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from service.core.secrecy import Secrecy
from service.core.values import Line, Text
from service.features.bodies.codes import (
    BodyClass,
    BodyType,
    Funding,
    InstClass,
    Nature,
    Rank,
    SystemCategory,
)
from service.features.bodies.fields import (
    BodyCode,
    DomainName,
    EffectiveOn,
    Name,
    Names,
    Phone,
    ShortText,
    Uscc,
)


class Registration(BaseModel):
    """What is told about a body when it is registered, its superiors apart.

    `document_id` may be left out only for a body that was there before its documents were on
    record; every later change names one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    body_code: BodyCode
    full_name: Name
    short_name: Name | None = None
    other_names: Names = ()
    uscc: Uscc | None = None
    body_type: BodyType
    system_category: SystemCategory
    nature: Nature | None = None
    body_class: BodyClass | None = None
    rank: Rank
    inst_class: InstClass | None = None
    funding: Funding | None = None
    civil_servant_law_ref: bool = False
    setup_date: date | None = None
    main_functions: Text = ""
    domain_name: DomainName | None = None
    address: ShortText | None = None
    phone: Phone | None = None
    legal_rep: Line | None = None
    secrecy: Secrecy = Secrecy.PUBLIC
    document_id: UUID | None = None
    effective_on: EffectiveOn
