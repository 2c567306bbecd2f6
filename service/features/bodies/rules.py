"""The rules of bodies, pure: what a change of a body may do, and what it is refused for."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from service.core.errors import Conflict, RuleBroken
from service.features.bodies.codes import BodyStatus, BodyType, InstClass, SystemCategory


class BodyCodeTaken(Conflict):
    """Another body bears this code; a code is never given twice."""

    code = "body_code_taken"
    title_zh = "机构编码已被使用"
    title_en = "Body code taken"


class UsccTaken(Conflict):
    """Another body bears this unified social credit code."""

    code = "uscc_taken"
    title_zh = "统一社会信用代码已被使用"
    title_en = "Credit code taken"


class NameTaken(Conflict):
    """Another living body, or a section of the same body, goes by this name."""

    code = "body_name_taken"
    title_zh = "名称已被使用"
    title_en = "Name taken"


class BodyClosed(RuleBroken):
    """The body is abolished or merged into another one: nothing about it changes any more."""

    code = "body_closed"
    title_zh = "机构已撤销或合并"
    title_en = "Body closed"


class NothingChanges(RuleBroken):
    """The change would leave everything as it is."""

    code = "nothing_changes"
    title_zh = "内容没有变化"
    title_en = "Nothing changes"


class DayOutOfOrder(RuleBroken):
    """The day lies in the future, or before what is already recorded.

    A decision for a later day waits in its flow until that day; a fault in the past is put
    right by a correction.
    """

    code = "day_out_of_order"
    title_zh = "生效日期不合时序"
    title_en = "Day out of order"


class SubordinationCycle(RuleBroken):
    """The body would come to stand below itself."""

    code = "subordination_cycle"
    title_zh = "隶属关系成环"
    title_en = "Subordination in a circle"


class FactsDisagree(RuleBroken):
    """Two facts about a body cannot both be so."""

    code = "body_facts_disagree"
    title_zh = "机构信息相互矛盾"
    title_en = "Facts disagree"


class StatusUnfit(RuleBroken):
    """The body's status does not allow the change."""

    code = "body_status_unfit"
    title_zh = "机构状态不符合要求"
    title_en = "Status unfit"


class StillInUse(RuleBroken):
    """Something that still stands rests on what was to be closed."""

    code = "still_in_use"
    title_zh = "仍有关联事项"
    title_en = "Still in use"
    rule = "I18"


class VersionNotInForce(Conflict):
    """The version was corrected or replaced already: correct the one that holds."""

    code = "version_not_in_force"
    title_zh = "该版本已被更正或取代"
    title_en = "Version not in force"


class FunctionEnded(Conflict):
    """The function has an end already."""

    code = "function_already_ended"
    title_zh = "职责已终止"
    title_en = "Function already ended"


class RankTooHigh(RuleBroken):
    """The level of a post is above the rank of its body."""

    code = "level_above_rank"
    title_zh = "超规格"
    title_en = "Level above rank"
    rule = "I10"


class GrassRootsProtected(RuleBroken):
    """Quotas of towns and sub-districts are never moved to organs of the city."""

    code = "grass_roots_protected"
    title_zh = "不得挤占基层编制"
    title_en = "Grass-roots quota protected"
    rule = "I21"
    article = "《中国共产党机构编制工作条例》第二十六条"


def require_living(status: BodyStatus) -> None:
    """Refuse any change of what is closed.

    Raises:
        BodyClosed: The body is abolished or merged.
    """
    if not status.is_living:
        raise BodyClosed(
            f"Expected a body that still exists, but it is {status.value}.",
            f"机构应当存续，但{status.zh}。",
            status=status.value,
        )


def require_day(on: date, last: date | None, today: date) -> None:
    """Refuse an effective day after today, or before that of the version in force.

    Raises:
        DayOutOfOrder: `facts` give the day asked for and the two bounds.
    """
    if on > today or (last is not None and on < last):
        raise DayOutOfOrder(
            f"Expected a day from {last or 'any'} to {today}, but it is {on}.",
            f"生效日期应当在{last or '任意日'}至{today}之间，但为{on}。",
            asked=on.isoformat(),
            earliest=last.isoformat() if last else None,
            latest=today.isoformat(),
        )


def require_change(old: object, new: object) -> None:
    """Refuse a change to what is so already.

    Raises:
        NothingChanges: Old and new are equal.
    """
    if old == new:
        raise NothingChanges(
            "Expected a value that differs from the present one, but it is the same.",
            "新内容应当与现有内容不同，但两者相同。",
        )


def require_no_cycle(body_id: UUID, above: Collection[UUID]) -> None:
    """Refuse to place a body below itself; `above` is the new superior and those above it.

    Raises:
        SubordinationCycle: The body is among them.
    """
    if body_id in above:
        raise SubordinationCycle(
            "Expected a superior that is not below the body, but it is the body or below it.",
            "上级机构应当不在本机构之下，但它是本机构或其下级。",
        )


def require_agreement(
    body_type: BodyType,
    system_category: SystemCategory,
    inst_class: InstClass | None,
    civil_servant_law_ref: bool,
) -> None:
    """Refuse facts of an institution for what is none, and the reverse.

    参公 is a personnel regime that only institutions are put under, and only they are classed.

    Raises:
        FactsDisagree: The sentence says which two disagree.
    """
    is_institution = body_type is BodyType.PUBLIC_INSTITUTION
    if is_institution != (system_category is SystemCategory.PUBLIC_INSTITUTION):
        raise FactsDisagree(
            f"Expected a type that fits {system_category.value}, but it is {body_type.value}.",
            f"机构类型应当与系统类别“{system_category.zh}”相符，但为“{body_type.zh}”。",
        )
    if not is_institution and (inst_class is not None or civil_servant_law_ref):
        raise FactsDisagree(
            "Expected class and civil servant law reference for institutions only, "
            f"but the body is {body_type.value}.",
            f"分类和参公标识应当仅用于事业单位，但机构类型为“{body_type.zh}”。",
        )
