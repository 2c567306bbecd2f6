"""Code lists of rounds over the whole ledger, and of campaigns that clear it."""

from enum import StrEnum

from service.core.codes import NamedCode


class RoundState(StrEnum):
    """Whether a round of the ledger is still at work."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class ConfirmationState(NamedCode):
    """What a unit said of its items at a reconciliation."""

    ASKED = "ASKED", "待核对"
    CONFIRMED = "CONFIRMED", "核对无误"
    DIFFERS = "DIFFERS", "有差异"
    NOT_CONFIRMED = "NOT_CONFIRMED", "未核对"


class ReportState(NamedCode):
    """How far a quarter's report is."""

    COMPILED = "COMPILED", "已汇总"
    DRAFTED = "DRAFTED", "待签发"
    ISSUED = "ISSUED", "已报送"


class CampaignState(NamedCode):
    """How a campaign stands, or how it ended."""

    OPEN = "OPEN", "进行中"
    CLEARED = "CLEARED", "已清零"
    ENDED_WITH_OPEN_ITEMS = "ENDED_WITH_OPEN_ITEMS", "到期未清零"


class CampaignAnswerState(NamedCode):
    """What a unit answered in a campaign."""

    ASKED = "ASKED", "待答复"
    PROBLEMS = "PROBLEMS", "有问题"
    NO_PROBLEM = "NO_PROBLEM", "无问题（盖章）"
    NOT_ANSWERED = "NOT_ANSWERED", "未答复"


#: A unit has answered, whatever it said.
ANSWERED = (CampaignAnswerState.PROBLEMS, CampaignAnswerState.NO_PROBLEM)


class PressMeasure(NamedCode):
    """What a late answer leads to (table `campaign_press`)."""

    NONE = "NONE", "无"
    REMIND = "REMIND", "催办"
    TALK = "TALK", "约谈"
    OFFICE_MEETING = "OFFICE_MEETING", "提交室务会"
