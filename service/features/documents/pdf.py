"""Setting a paper as PDF with typst. Equal papers give equal bytes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import typst
from pylopdf_fonts_zh_cn import serif_path

_LAYOUTS: Final = Path(__file__).parent / "layouts"
#: The PDF says that it was made at this instant, since what is printed may not depend on today.
_MADE_AT: Final = datetime(2000, 1, 1, tzinfo=UTC)


def pdf_of(words: str, layout: int, fonts_dir: Path | None = None) -> bytes:
    """The PDF of a paper, given as JSON, in one of the layouts; its fonts are embedded.

    The words go in as data, which the layout sets as text: nothing that a person wrote is ever
    read as markup. `fonts_dir` may hold the licensed fonts of official papers.
    """
    free = serif_path().parent
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[free] if fonts_dir is None else [fonts_dir, free],
    )
    compiler = typst.Compiler(
        (_LAYOUTS / f"paper_{layout}.typ").read_bytes(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"paper": words},
    )
    made = compiler.compile(format="pdf", timestamp=_MADE_AT)
    assert isinstance(made, bytes), "a PDF is one file"
    return made
