"""The press: a process of its own that sets one paper and ends.

`python -m service.features.documents.press pdf|docx LAYOUT [FONTS_DIR]` reads the words of the
paper as JSON and writes the file. One paper a process: typst keeps what it has set (a third of a
megabyte a paper), and only a process can be stopped in the middle of its work.
"""

import contextlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

#: Bytes of memory and seconds of CPU that one paper may take.
_MEMORY_MAX, _CPU_MAX_S = 2 << 30, 20


def main(form: str, layout: str, fonts_dir: str = "") -> None:
    """Set the paper on standard input."""
    with contextlib.suppress(ImportError):  # not a Unix: the time limit of the caller remains
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_MAX, _MEMORY_MAX))
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_MAX_S, _CPU_MAX_S))
    words = sys.stdin.buffer.read().decode()
    if form == "pdf":
        from service.features.documents.pdf import pdf_of

        made = pdf_of(words, int(layout), Path(fonts_dir) if fonts_dir else None)
    else:
        from service.features.documents.word import docx_of

        paper: Any = json.loads(words, object_hook=lambda each: SimpleNamespace(**each))
        made = docx_of(paper)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
