"""Printing papers beside the event loop: a few at a time, each in a process with a time limit."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import Final

import service
from service.core.excel.sheet import Download
from service.core.query import Reading
from service.features.documents import rules
from service.features.documents.paper import Paper, digest_of

_ROOT: Final = Path(service.__file__).parents[1]
#: Papers that one process of the service has set at once, and that may wait for a place.
_AT_ONCE, _WAITING_MAX = 2, 20
_LONGEST_S: Final = 15.0
_places = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="press")
_waiting: set[object] = set()


class Form(StrEnum):
    """In which form a paper is given out."""

    PDF = "pdf"
    DOCX = "docx"


#: How printing may be refused.
PRINTING: Final = (rules.PressBusy,)
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA_TYPES: Final = {Form.PDF: PDF, Form.DOCX: DOCX}


class Printout(Download):
    """A paper that is printed when it is given out: by then the database has been let go."""

    content: bytes = b""
    paper: Paper
    form: Form
    fonts_dir: Path | None

    async def ready(self) -> Download:
        """The file with its bytes; raises as `printed` does."""
        content = await printed(self.paper, self.form, self.fonts_dir)
        return Download(filename=self.filename, media_type=self.media_type, content=content)


def printout(reading: Reading, paper: Paper, form: Form, name: str) -> Printout:
    """A paper to be given out; `name` is that of the file without its ending."""
    reading.etag = f"{digest_of(paper)}-{form}"
    return Printout(
        filename=f"{name}.{form}",
        media_type=_MEDIA_TYPES[form],
        paper=paper,
        form=form,
        fonts_dir=reading.settings.fonts_dir,
    )


async def printed(paper: Paper, form: Form, fonts_dir: Path | None) -> bytes:
    """The file of a paper.

    Raises:
        PressBusy: Too many wait already, or it took longer than it may.
    """
    if len(_waiting) >= _WAITING_MAX:
        raise _busy()
    ticket = object()
    _waiting.add(ticket)
    try:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_places, _pressed, paper, form, fonts_dir)
    finally:
        _waiting.discard(ticket)


def _pressed(paper: Paper, form: Form, fonts_dir: Path | None) -> bytes:
    command = [sys.executable, "-m", "service.features.documents.press", form, str(paper.layout)]
    if fonts_dir is not None:
        command.append(str(fonts_dir.resolve()))
    try:
        done = subprocess.run(
            command,
            input=paper.model_dump_json().encode(),
            capture_output=True,
            cwd=_ROOT,
            timeout=_LONGEST_S,
            check=True,
        )
    except subprocess.TimeoutExpired as late:
        raise _busy() from late
    return done.stdout


def _busy() -> rules.PressBusy:
    return rules.PressBusy(
        f"Expected the paper to be set within {_LONGEST_S:.0f} seconds, but it was not.",
        f"文书应当在{_LONGEST_S:.0f}秒内生成，但未能完成，请稍后重试。",
    )
