"""What guides refuse."""

from service.core.errors import Conflict, InvalidInput, RuleBroken


class GuideDecided(Conflict):
    """The version was approved or rejected already."""

    code = "guide_decided"
    title_zh = "办事指南版本已审定"
    title_en = "Guide decided already"


class GuideSecondPerson(RuleBroken):
    """Whoever drafted a version of a guide does not decide on it."""

    code = "guide_second_person"
    title_zh = "办事指南须由他人审定"
    title_en = "Guide needs a second person"


class GuideMaterialMissing(RuleBroken):
    """The table of required materials asks for one that the guide does not explain.

    Both work on the same codes: nobody is asked for what the guide does not tell.
    """

    code = "guide_material_missing"
    title_zh = "办事指南缺少必备材料"
    title_en = "Guide lacks a material"


class GuideFileMissing(InvalidInput):
    """A template or sample is named that nobody uploaded."""

    code = "guide_file_missing"
    title_zh = "样表文件不存在"
    title_en = "Guide file missing"


class GuideFileUnsafe(InvalidInput):
    """The file is not what its name says, or it carries a program (macros)."""

    code = "guide_file_unsafe"
    title_zh = "样表文件不符合要求"
    title_en = "Guide file unsafe"
