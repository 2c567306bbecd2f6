"""What documents refuse."""

from service.core.errors import Conflict, InvalidInput, RuleBroken, Unavailable


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


class DraftIssued(Conflict):
    """The draft was issued already: what is issued is never edited, but corrected."""

    code = "draft_issued"
    title_zh = "文书已制发"
    title_en = "Issued already"


class BasisMissing(RuleBroken):
    """A paper names the article or the rule of the house on which its decision rests."""

    code = "basis_missing"
    title_zh = "缺少依据"
    title_en = "Basis missing"


class DepartmentalRuleAlone(RuleBroken):
    """A departmental rule is never the only basis of a decision."""

    code = "departmental_rule_alone"
    title_zh = "部门规章不得作为唯一依据"
    title_en = "Departmental rule alone"
    rule = "I22"
    article = "《中国共产党机构编制工作条例》第二十七条"


class ReleaseMissing(RuleBroken):
    """A paper names the release under which it was decided, approved by a second person."""

    code = "paper_release_missing"
    title_zh = "缺少已审定的流程版本"
    title_en = "Approved release missing"


class SeriesUnknown(RuleBroken):
    """The office has no letterhead with this series of numbers."""

    code = "series_unknown"
    title_zh = "没有该发文字号"
    title_en = "Series unknown"


class SignerWrote(RuleBroken):
    """Whoever wrote at a paper does not sign it; and who signs must be somebody."""

    code = "signer_wrote"
    title_zh = "签发人不得为起草人"
    title_en = "The signer wrote it"


class IssuedByUnit(RuleBroken):
    """A unit's own paper bears the unit's number: it is drafted here, and never issued here."""

    code = "issued_by_unit"
    title_zh = "该文书由单位自行发文"
    title_en = "Issued by the unit"


class NotWrittenHere(RuleBroken):
    """The document was only recorded: there is nothing of it here to print or to correct."""

    code = "not_written_here"
    title_zh = "该文件非本系统制发"
    title_en = "Not written here"


class PressBusy(Unavailable):
    """Too many papers are being printed, or this one took too long; repeat later."""

    code = "press_busy"
    title_zh = "文书生成繁忙"
    title_en = "Press busy"
