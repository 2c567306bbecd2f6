"""What tasks refuse."""

from service.core.errors import Conflict, RuleBroken, UnsupportedMediaType


class TaskOver(Conflict):
    """The task was done, or the flow went on without it."""

    code = "task_over"
    title_zh = "任务已结束"
    title_en = "Task is over"


class TaskTaken(Conflict):
    """Somebody else has taken the task; `facts` name him."""

    code = "task_taken"
    title_zh = "任务已被他人领取"
    title_en = "Task taken"


class NotTaken(Conflict):
    """Nobody holds the task, or it was given to its holder and to nobody else."""

    code = "task_not_taken"
    title_zh = "任务未被领取"
    title_en = "Task not taken"


class ActionUnknown(RuleBroken):
    """The task does not end by this action; `facts.actions` lists those it ends by."""

    code = "action_unknown"
    title_zh = "办理方式不存在"
    title_en = "Action unknown"


class FormFaulty(RuleBroken):
    """The data does not fit the form; `facts.faults` name each place."""

    code = "form_faulty"
    title_zh = "表单数据不符合要求"
    title_en = "Form data faulty"


class CommentRequired(RuleBroken):
    """The action asks for an opinion in words."""

    code = "comment_required"
    title_zh = "须填写意见"
    title_en = "Comment required"


class KeptApart(RuleBroken):
    """The person did a task of this case that is kept apart from this one (domain §2)."""

    code = "kept_apart"
    title_zh = "不相容岗位须分离"
    title_en = "Duties kept apart"
    rule = "G"


class Recused(RuleBroken):
    """The matter concerns the person, who must stand aside (回避)."""

    code = "recused"
    title_zh = "应当回避"
    title_en = "Recused"


class AssigneeUnknown(RuleBroken):
    """A task is given to a person who holds some duty; nobody with this id does."""

    code = "assignee_unknown"
    title_zh = "被指派人不存在"
    title_en = "Assignee unknown"


class ChoiceUnknown(RuleBroken):
    """It is not among the activities that can be chosen; `facts.choices` lists those."""

    code = "choice_unknown"
    title_zh = "可选环节不存在"
    title_en = "Choice unknown"


class FileTypeRefused(UnsupportedMediaType):
    """The content of a file is none that may be attached; `facts.allowed` lists media types."""

    code = "file_type_refused"
    title_zh = "附件类型不允许"
    title_en = "File type refused"


class TooManyFiles(RuleBroken):
    """The task has as many attachments as it may."""

    code = "too_many_files"
    title_zh = "附件过多"
    title_en = "Too many files"
