"""The rules of the ledger, pure: what a change may do to a balance.

The invariants are those of the domain (I1, I2, I3). A breach may exist as recorded state, when
it was there before the ledger was opened; no action produces one or makes one worse.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from service.core.errors import Conflict, RuleBroken
from service.features.bodies.rules import GrassRootsProtected as GrassRootsProtected
from service.features.bodies.rules import RankTooHigh as RankTooHigh


class QuotaExceeded(RuleBroken):
    """The change needs more vacant posts than there are on some day from its effective day on."""

    code = "quota_exceeded"
    title_zh = "超出核定编制"
    title_en = "Quota exceeded"
    rule = "I1"
    article = "《地方各级人民政府机构设置和编制管理条例》（国务院令第486号）"


class AccountMissing(RuleBroken):
    """This kind of quota or post was never granted to the body."""

    code = "account_missing"
    title_zh = "该机构未核定此类编制"
    title_en = "Nothing granted"
    rule = "I1"


class BackdatedBreach(RuleBroken):
    """A backdated entry would make a past day exceed its quota; recording that has its own duty."""

    code = "backdated_breach"
    title_zh = "倒补登记造成历史超编"
    title_en = "Breach in the past"
    rule = "I1"


class CityLimitExceeded(RuleBroken):
    """The bodies together would have more than the city's limit of this kind."""

    code = "city_limit_exceeded"
    title_zh = "超出全市编制总量"
    title_en = "City limit exceeded"
    rule = "I3"


class SuperiorDocumentRequired(RuleBroken):
    """The total of administrative and political-legal quotas changes only by a superior's paper."""

    code = "superior_document_required"
    title_zh = "须有上级文件"
    title_en = "Superior's document required"
    rule = "I3"


class KindNotAllowed(RuleBroken):
    """The quota kind does not go with this funding form, or with this body."""

    code = "quota_kind_not_allowed"
    title_zh = "编制类型与经费形式不符"
    title_en = "Quota kind not allowed"
    rule = "I9"


class AlreadyOpened(RuleBroken):
    """Opening balances come before every other entry of an account, and once."""

    code = "already_opened"
    title_zh = "期初已登记"
    title_en = "Already opened"


class BodyNotLiving(RuleBroken):
    """The body is abolished or merged: nothing new is granted to it."""

    code = "body_not_living"
    title_zh = "机构已撤销或合并"
    title_en = "Body not living"


class DocumentMissing(RuleBroken):
    """The change rests on a document that is not on record."""

    code = "ledger_document_missing"
    title_zh = "依据文件未登记"
    title_en = "Document not on record"


class SameBody(RuleBroken):
    """A transfer needs two bodies."""

    code = "same_body"
    title_zh = "两个机构相同"
    title_en = "Same body"


class SameKind(RuleBroken):
    """A change of kind needs another kind or funding form."""

    code = "same_quota_kind"
    title_zh = "编制类型未变"
    title_en = "Same quota kind"


class BodyUnknown(RuleBroken):
    """A body or internal body that the change names is not on record."""

    code = "ledger_body_unknown"
    title_zh = "机构未登记"
    title_en = "Body not on record"


class AlreadyOnEstablishment(Conflict):
    """A person with this identity number is on the establishment already."""

    code = "person_already_active"
    title_zh = "该人员已在编"
    title_en = "Already on the establishment"
    rule = "I8"


class IdNumberWrong(RuleBroken):
    """An identity number's form, division, date of birth or check digit is wrong."""

    code = "id_number_wrong"
    title_zh = "身份证号有误"
    title_en = "Wrong identity number"
    article = "GB 11643"


class NoticeRequired(RuleBroken):
    """An entry needs a reservation (用编通知单) that holds on that day and has posts left."""

    code = "quota_use_notice_required"
    title_zh = "须有有效的用编通知单"
    title_en = "Quota-use notice required"
    rule = "I7"


class ReservationEnded(Conflict):
    """The reservation is used up, released or expired, or not due to expire yet."""

    code = "reservation_not_held"
    title_zh = "预占已结束"
    title_en = "Reservation not held"


class ReservationElsewhere(RuleBroken):
    """The person does not hold a post of the reservation's account, or holds one already."""

    code = "reservation_not_for_person"
    title_zh = "预占与人员不符"
    title_en = "Reservation not for this person"


class PersonExited(Conflict):
    """The person is no longer on the establishment."""

    code = "person_exited"
    title_zh = "该人员已出编"
    title_en = "Person exited"


class DayOutOfOrder(RuleBroken):
    """The day lies before what it changes, or after today."""

    code = "ledger_day_out_of_order"
    title_zh = "日期顺序不当"
    title_en = "Day out of order"


class EntryNotCorrectable(Conflict):
    """The entry is a correction itself, was corrected before, or belongs to another verb."""

    code = "entry_not_correctable"
    title_zh = "该分录不可更正"
    title_en = "Entry not correctable"


class NotFrozen(RuleBroken):
    """More posts would be let go than are frozen on some day."""

    code = "posts_not_frozen"
    title_zh = "超出冻结数"
    title_en = "Not so many frozen"


class PeriodEmpty(RuleBroken):
    """A period ends on or before the day on which it begins."""

    code = "period_empty"
    title_zh = "期间无效"
    title_en = "Empty period"


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts of whole posts on one day. Subordinate bodies are not included."""

    authorised: int = 0
    actual: int = 0
    reserved: int = 0
    frozen: int = 0

    @property
    def vacant(self) -> int:
        """Posts neither held, promised nor frozen; negative where over quota."""
        return self.authorised - self.actual - self.reserved - self.frozen

    @property
    def available(self) -> int:
        return max(self.vacant, 0)

    @property
    def over(self) -> int:
        """Posts held beyond the quota."""
        return max(self.actual - self.authorised, 0)

    def plus(self, other: Self, sign: int = 1) -> "Balance":
        return Balance(
            self.authorised + sign * other.authorised,
            self.actual + sign * other.actual,
            self.reserved + sign * other.reserved,
            self.frozen + sign * other.frozen,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """The balance from one day on, until the next step."""

    from_on: date
    balance: Balance


@dataclass(frozen=True, slots=True)
class Purpose:
    """What posts are needed for, as a refusal names it: `reserve` / 预占."""

    en: str
    zh: str


def require_period(from_on: date, until_on: date) -> None:
    """Refuse a half-open period [from, until) that holds no day.

    Raises:
        PeriodEmpty: The end is not after the beginning.
    """
    if until_on <= from_on:
        raise PeriodEmpty(
            f"Expected an end after {from_on}, but it is {until_on}.",
            f"结束日期应当晚于{from_on}，但为{until_on}。",
        )
