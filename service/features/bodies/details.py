"""The details of a body: what describes it besides its names, its rank and its place."""

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel

from service.core.secrecy import Secrecy, require_storable
from service.core.values import Line, Text
from service.features.bodies import rules
from service.features.bodies.codes import (
    BodyClass,
    BodyType,
    Funding,
    InstClass,
    Nature,
    SystemCategory,
)
from service.features.bodies.fields import DomainName, Phone, ShortText, Uscc
from service.features.bodies.tables import BodyFacts


class BodyDetails(BaseModel):
    """Details to be given. What is left out stays as it is, and so does what cannot be empty
    where it is null: type, system, secrecy, functions, civil servant law reference."""

    uscc: Uscc | None = None
    body_type: BodyType | None = None
    system_category: SystemCategory | None = None
    nature: Nature | None = None
    body_class: BodyClass | None = None
    inst_class: InstClass | None = None
    funding: Funding | None = None
    civil_servant_law_ref: bool | None = None
    main_functions: Text | None = None
    domain_name: DomainName | None = None
    address: ShortText | None = None
    phone: Phone | None = None
    legal_rep: Line | None = None
    secrecy: Secrecy | None = None


_MAY_BE_EMPTY = {
    "uscc",
    "nature",
    "body_class",
    "inst_class",
    "funding",
    "domain_name",
    "address",
    "phone",
    "legal_rep",
    "short_name",
    "setup_date",
}


def given(asked: BaseModel, fields: Collection[str]) -> dict[str, Any]:
    """Those of the fields that a request gives a value, or takes the value away from."""
    sent = asked.model_dump(include=asked.model_fields_set & set(fields))
    return {name: v for name, v in sent.items() if v is not None or name in _MAY_BE_EMPTY}


def require_sound(facts: BodyFacts) -> None:
    """Refuse details that must not be stored or contradict each other.

    Raises:
        ClassifiedMatter: The body is marked 秘密 or above (I20).
        FactsDisagree: Type, system, class and civil servant law reference do not fit.
    """
    require_storable(facts.secrecy)
    rules.require_agreement(
        facts.body_type, facts.system_category, facts.inst_class, facts.civil_servant_law_ref
    )
