"""Templates of a material and filled samples of it, as Word files."""

from collections.abc import Sequence
from io import BytesIO

import docx

from service.sample_city.history.guide_rows import FILLED


def template(title: str, headings: Sequence[str]) -> bytes:
    """A form to fill in: its title, and a heading with an empty row for each point."""
    return _made(title, headings, "")


def sample(title: str, headings: Sequence[str]) -> bytes:
    """The same form as somebody filled it in."""
    return _made(f"{title}（填写示例）", headings, FILLED)


def _made(title: str, headings: Sequence[str], said: str) -> bytes:
    paper = docx.Document()
    paper.add_heading(title, level=1)
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    for heading in headings:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = heading, said
    paper.add_paragraph("单位（盖章）：                    年    月    日")
    file = BytesIO()
    paper.save(file)
    return file.getvalue()
