"""What releases refuse."""

from collections.abc import Iterable

from service.core.errors import Conflict, NotAllowed, NotFound, RuleBroken


class ReleaseFaulty(RuleBroken):
    """The files cannot be used as they are; `facts.findings` name each place and why."""

    code = "release_faulty"
    title_zh = "流程文件有误"
    title_en = "Release faulty"


class TableTestsFailed(RuleBroken):
    """A table or diagram does not do as its scenarios say; `facts.findings` name each."""

    code = "table_tests_failed"
    title_zh = "测试未通过"
    title_en = "Tests failed"


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


class ProcessIdTaken(Conflict):
    """A process of another flow has this id."""

    code = "process_id_taken"
    title_zh = "流程标识已被使用"
    title_en = "Process id taken"


class ProcessMissing(NotFound):
    """No release in force has this process, or something that it calls."""

    code = "process_missing"
    title_zh = "流程不存在或未生效"
    title_en = "Process missing"


class InstanceMoved(Conflict):
    """The case no longer stands where the request takes it to stand."""

    code = "instance_moved"
    title_zh = "流程已推进"
    title_en = "Instance has moved on"


class InstanceEnded(Conflict):
    """The case is over."""

    code = "instance_ended"
    title_zh = "流程已结束"
    title_en = "Instance has ended"


class CaseRuns(Conflict):
    """A case that began with this correlation key still runs."""

    code = "case_runs"
    title_zh = "相同关联键的流程正在办理"
    title_en = "Case runs already"


class NothingToRetry(Conflict):
    """The incident is dealt with, or waits for something else than another attempt."""

    code = "nothing_to_retry"
    title_zh = "该异常无需重试"
    title_en = "Nothing to retry"


class ClockStopped(Conflict):
    """The clock stands still already."""

    code = "clock_stopped"
    title_zh = "时钟已停止"
    title_en = "Clock stopped already"


class ClockRuns(Conflict):
    """The clock was not stopped."""

    code = "clock_runs"
    title_zh = "时钟未停止"
    title_en = "Clock is running"


class DeadlineMissing(NotFound):
    """No open deadline of the case is counted by this clock."""

    code = "deadline_missing"
    title_zh = "没有该时钟的期限"
    title_en = "Deadline missing"


class BindingsConflict(RuleBroken):
    """Diagrams that run together ask for two releases of one flow."""

    code = "bindings_conflict"
    title_zh = "引用的流程版本相互冲突"
    title_en = "Bindings conflict"


class CommandMisfed(RuleBroken):
    """What a diagram gives a command is not what the command takes."""

    code = "command_misfed"
    title_zh = "流程图给出的数据不符合命令要求"
    title_en = "Command fed wrongly"


class JobNotHeld(Conflict):
    """The worker does not hold the job, or no longer: another may have it (`facts.worker`)."""

    code = "job_not_held"
    title_zh = "作业不由该处理程序持有"
    title_en = "Job not held"


class JobOver(Conflict):
    """The job is done, has failed for good, or the flow went on without it."""

    code = "job_over"
    title_zh = "作业已结束"
    title_en = "Job is over"


def not_starter(process: str, duties: Iterable[str]) -> NotAllowed:
    """The refusal of whoever holds none of the duties that start a process."""
    listed = ", ".join(duties)
    return NotAllowed(
        f"Expected one of the duties {listed} to start {process}, but you hold none of them.",
        f"启动流程{process}应当具有以下职责之一：{listed}，但均不具有。",
    )


def ended(state: str) -> InstanceEnded:
    """The refusal of what only a running case can do."""
    return InstanceEnded(f"Expected a running case, but it is {state}.", "该流程已经结束。")
