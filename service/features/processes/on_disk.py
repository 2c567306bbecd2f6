"""Flows as folders on a disk: `bpmn/<flow>/`, read as a release would hold them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from service.features.decisions.finding import Finding
from service.features.processes.contents import FILES_MAX, File, Flow

#: Folders below a flow's own.
BELOW = ("forms", "scenarios", "drawings")
_BYTES_MAX = 20_000_000
#: Beside the files of a flow; what begins with a point is passed over too.
_NOTES = (".md",)
_FLOW = TypeAdapter(Flow)


@dataclass(frozen=True, slots=True)
class FlowFolder:
    """What a folder holds; `findings` are of files that cannot be in a release."""

    flow: str
    folder: Path
    files: list[File] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def is_flow(folder: Path) -> bool:
    """Whether a folder is a flow's, rather than one of folders of flows."""
    return any((folder / name).is_dir() for name in BELOW) or any(
        path.suffix in (".bpmn", ".dmn") for path in folder.iterdir()
    )


def flows_below(folder: Path) -> list[FlowFolder]:
    """Every flow in a folder of flows, by name; none where there is no such folder."""
    if not folder.is_dir():
        return []
    inside = sorted(path for path in folder.iterdir() if path.is_dir())
    return [read_flow(path) for path in inside if is_flow(path)]


def read_flow(folder: Path) -> FlowFolder:
    """The files of one flow."""
    found = FlowFolder(folder.resolve().name, folder)
    try:
        _FLOW.validate_python(found.flow)
    except ValidationError:
        found.findings.append(
            _finding(
                "",
                "flow_name",
                f"Expected a folder named by small letters, digits and underscores, but it is "
                f"{found.flow}.",
                f"流程文件夹名应当由小写字母、数字和下划线组成，但为{found.flow}。",
            )
        )
    paths = sorted(_files_of(folder))
    if len(paths) > FILES_MAX:
        message = f"Expected at most {FILES_MAX} files, but there are {len(paths)}."
        message_zh = f"文件最多{FILES_MAX}个，实际为{len(paths)}个。"
        found.findings.append(_finding("", "too_many_files", message, message_zh))
        return found
    for path in paths:
        read = _read(path, path.relative_to(folder).as_posix())
        if isinstance(read, File):
            found.files.append(read)
        else:
            found.findings.append(read)
    return found


def _files_of(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not is_hidden and path.suffix not in _NOTES:
            yield path


def _read(path: Path, name: str) -> File | Finding:
    try:
        if path.stat().st_size > _BYTES_MAX:
            return _finding(
                name, "unreadable", "Expected a smaller file, but it is too large.", "文件过大。"
            )
        content = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as fault:
        return _finding(
            name,
            "unreadable",
            f"Expected a file in UTF-8 that can be read, but: {fault}.",
            f"文件应当可读且为 UTF-8 编码，但：{fault}。",
        )
    try:
        return File(path=name, content=content)
    except ValidationError as error:
        return _finding(
            name,
            "file_form",
            "Expected a diagram, a table, forms/….schema.json or scenarios/….yaml, but: "
            f"{error.errors()[0]['msg']}.",
            "应当为流程图、决策表、forms/….schema.json 或 scenarios/….yaml，但不是。",
        )


def _finding(path: str, rule: str, message: str, message_zh: str) -> Finding:
    return Finding(path=path, rule=rule, severity="error", message=message, message_zh=message_zh)
