"""What documents refuse."""

from service.core.errors import Conflict, InvalidInput, RuleBroken


class NumberTaken(Conflict):
    """A document with this series, year and number is recorded already."""

    code = "document_number_taken"
    title_zh = "文号已被使用"
    title_en = "Number taken"


class AlreadySuperseded(Conflict):
    """Another document supersedes this one already: correct that one."""

    code = "document_already_superseded"
    title_zh = "文件已被取代"
    title_en = "Already superseded"


class DocumentMissing(RuleBroken):
    """The change rests on a document that is not recorded."""

    code = "document_missing"
    title_zh = "文件未登记"
    title_en = "No such document"


class SeriesNotOurs(RuleBroken):
    """Numbers of the office's own series are given by the system, never by hand."""

    code = "series_numbered_here"
    title_zh = "本单位文号由系统编号"
    title_en = "Numbered here"
    rule = "I15"


class PaperDataInvalid(InvalidInput):
    """The data are not those of this kind of paper; `facts.errors` names each place."""

    code = "paper_data_invalid"
    title_zh = "文书内容不符合要求"
    title_en = "Paper data invalid"
