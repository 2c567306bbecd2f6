"""What releases refuse."""

from service.core.errors import Conflict, RuleBroken


class ReleaseFaulty(RuleBroken):
    """The files cannot be used as they are; `facts.findings` name each place and why."""

    code = "release_faulty"
    title_zh = "流程文件有误"
    title_en = "Release faulty"


class TableTestsFailed(RuleBroken):
    """A table does not answer as the scenarios beside it say; `facts.findings` name each."""

    code = "table_tests_failed"
    title_zh = "决策表测试未通过"
    title_en = "Table tests failed"


class NothingNew(Conflict):
    """The newest release holds the very same files."""

    code = "nothing_new"
    title_zh = "内容未变化"
    title_en = "Nothing new"


class ReleaseDecided(Conflict):
    """The release was approved or rejected already."""

    code = "release_decided"
    title_zh = "版本已审定"
    title_en = "Release decided already"


class SecondPersonRequired(RuleBroken):
    """Whoever proposed a release does not approve it (domain §2, rule g)."""

    code = "second_person_required"
    title_zh = "须由他人审定"
    title_en = "Second person required"
    rule = "G"


class DecisionKeyTaken(Conflict):
    """A decision of another flow has this id."""

    code = "decision_key_taken"
    title_zh = "决策标识已被使用"
    title_en = "Decision id taken"
