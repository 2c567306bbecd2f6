"""What the calendar refuses."""

from service.core.errors import Conflict, RuleBroken


class CalendarUnreadable(RuleBroken):
    """The file is not a calendar of the year; `facts.errors` name each line and why."""

    code = "calendar_unreadable"
    title_zh = "工作日历文件有误"
    title_en = "Unreadable calendar"


class TooFarAway(RuleBroken):
    """The question leads to years about which no calendar says anything."""

    code = "calendar_too_far"
    title_zh = "超出工作日历可计算范围"
    title_en = "Beyond the calendar"


class NotADemo(Conflict):
    """The clock can be moved in a demo only, never where real data exist."""

    code = "not_a_demo"
    title_zh = "非演示环境不可调整时钟"
    title_en = "Not a demo"
