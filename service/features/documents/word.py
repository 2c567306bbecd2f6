"""Setting a paper as a Word file, to be checked and marked up (核稿). Equal papers, equal bytes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from service.features.documents.paper import Block, Paper

_SONG, _FANGSONG, _HEI = "方正小标宋简体", "仿宋_GB2312", "黑体"
_RED: Final = RGBColor(0xC0, 0, 0)
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_RIGHT, _CENTER = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
_WIDTH: Final = Mm(156)
_MARK = """
<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>
<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="watermark" type="#_x0000_t136" fillcolor="#e0e0e0" stroked="f"
style="position:absolute;width:300pt;height:150pt;rotation:325;z-index:-1;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;
mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:textpath style="font-family:SimHei" string="{text}"/></v:shape></w:pict></w:r>
"""


def docx_of(paper: "Paper") -> bytes:
    """The Word file of a paper, every word as plain text of the document."""
    document = docx.Document()
    _set_page(document)
    _set_head(document, paper)
    for block in paper.blocks:
        _set_block(document, block)
    _set_foot(document, paper)
    if paper.watermark:
        header = document.sections[0].header.paragraphs[0]
        header._p.append(parse_xml(_MARK.format(ns=nsdecls("w"), text=paper.watermark)))
    _say_about(document, paper)
    made = BytesIO()
    document.save(made)
    return _same_each_time(made.getvalue())


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _set_head(document: Any, paper: "Paper") -> None:
    if paper.letterhead:
        _line(document, paper.letterhead, _SONG, 30, align=_CENTER, color=_RED)
    if paper.code or paper.secrecy:
        line = _line(document, f"{paper.code}\t{paper.secrecy}")
        line.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _line(document, paper.title, _SONG, 22, align=_CENTER)
    if paper.recipient:
        _line(document, f"{paper.recipient}：")
    if paper.correction:
        _line(document, paper.correction, indent=True)


def _set_block(document: Any, block: "Block") -> None:
    match block.kind:
        case "heading":
            _line(
                document, block.cells[0][0], _HEI, indent=True
            ).paragraph_format.keep_with_next = True
        case "paragraph":
            _line(document, block.cells[0][0], indent=True)
        case _:
            _table(document, block.cells, has_heads=block.kind == "grid")


def _set_foot(document: Any, paper: "Paper") -> None:
    for place, name in enumerate(paper.attachments, start=1):
        before = "附件：" if place == 1 else "　　　"
        _line(document, f"{before}{place}．{name}", indent=True)
    signer = f"签发人：{paper.signer}" if paper.signer else ""
    for text in (paper.issuer, signer, paper.dated):
        if text:
            _line(document, text, align=_RIGHT)
    if paper.basis:
        _line(document, f"依据：{'；'.join(paper.basis)}", size=12)
    if paper.release:
        _line(document, paper.release, size=12)
    if paper.copies_to:
        _line(document, f"抄送：{'、'.join(paper.copies_to)}", size=12)


def _line(
    document: Any,
    text: str,
    font: str = _FANGSONG,
    size: int = 16,
    *,
    align: Any = None,
    indent: bool = False,
    color: RGBColor | None = None,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(4)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
    _run(paragraph, text, font, size, color)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: int, color: RGBColor | None = None) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if color is not None:
        run.font.color.rgb = color


def _table(document: Any, rows: Sequence[Sequence[str]], *, has_heads: bool) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, (line, row) in enumerate(zip(table.rows, rows, strict=True)):
        for place, (cell, text) in enumerate(zip(line.cells, row, strict=True)):
            is_head = number == 0 if has_heads else place == 0
            _run(cell.paragraphs[0], text, _HEI if is_head else _FANGSONG, 12)


def _say_about(document: Any, paper: "Paper") -> None:
    about = document.core_properties
    about.title, about.author = paper.title, paper.issuer
    about.comments, about.last_modified_by = "", ""
    about.created = about.modified = _EPOCH


def _same_each_time(made: bytes) -> bytes:
    """The same archive without the time at which it was packed."""
    again = BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(again, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, _EPOCH.timetuple()[:6]), old.read(name), ZIP_DEFLATED)
    return again.getvalue()
