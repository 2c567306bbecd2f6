"""Form files of a release, and the ids by which diagrams name them."""

from collections.abc import Iterator

from service.core.forms import Faulty, compile_form
from service.features.decisions.finding import Finding

FOLDER, ENDING = "forms/", ".schema.json"


def form_id(path: str) -> str:
    """`forms/opinion.schema.json` → `opinion`."""
    return path.removeprefix(FOLDER).removesuffix(ENDING)


def check_form(path: str, text: str) -> Iterator[Finding]:
    """Why a form cannot be used; `element` is the JSON pointer to the place."""
    try:
        compile_form(text)
    except Faulty as faulty:
        for fault in faulty.faults:
            yield Finding(
                path=path,
                rule="form",
                severity="error",
                element=fault.pointer,
                line=fault.line,
                message=fault.message,
                message_zh=fault.message_zh,
            )
