"""`dingbian check PATH`: whether files of flows could be released, without a server."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import service.main  # noqa: F401  # knows every command that a diagram may order
from service.core.start import CannotStart
from service.features.decisions.finding import WARNING, Finding
from service.features.processes.checking_apart import LIMITS_OF_ALL, check_folders_apart
from service.features.processes.installation import line_of
from service.features.processes.on_disk import BELOW, FlowFolder, flows_below, is_flow, read_flow
from service.features.processes.surroundings import of_this_service


@dataclass(frozen=True, slots=True)
class FilesReport:
    """What was found, each with the folder of its flow."""

    files: int
    findings: Sequence[tuple[Path, Finding]]

    @property
    def is_sound(self) -> bool:
        """Whether a release would not be refused: warnings refuse nothing."""
        return all(finding.severity == WARNING for _, finding in self.findings)

    def page(self) -> str:
        """One line for each finding, and one that counts them."""
        lines = [line_of(folder, finding) for folder, finding in self.findings]
        count = len(self.findings)
        told = f"检查了{self.files}个文件，发现{count}处。 {self.files} files, {count} findings."
        return "\n".join([*lines, told])

    def as_json(self) -> str:
        """The same for a program; paths are whole."""
        findings = [
            finding.model_copy(update={"path": str(folder / finding.path)}).model_dump()
            for folder, finding in self.findings
        ]
        told = {"is_sound": self.is_sound, "files": self.files, "findings": findings}
        return json.dumps(told, ensure_ascii=False, indent=2)


def check_files(path: Path) -> FilesReport:
    """Check a flow's folder, a folder of such folders, or one file among those of its folder.

    What is in force in some database is not known here: processes and decisions of other flows
    than those that are read are not checked.

    Raises:
        CannotStart: There is nothing to check.
    """
    flows = _flows_at(path)
    sent = {each.flow: each.files for each in flows if each.files}
    found = [(each.folder, finding) for each in flows for finding in each.findings]
    if not sent and not found:
        raise CannotStart(f"Expected flows at {path}, but there are none.")
    if sent:
        folders = {each.flow: each.folder for each in flows}
        checked = asyncio.run(check_folders_apart(sent, of_this_service(), LIMITS_OF_ALL))
        for flow, each in checked.items():
            found += [(folders[flow], finding) for finding in each.findings]
    if not path.is_file():
        return FilesReport(sum(map(len, sent.values())), found)
    # What keeps a folder from being read keeps its file from being checked.
    of_file = [x for x in found if x[0] / x[1].path == path or x[1].rule == "too_many_files"]
    return FilesReport(1, of_file)


def _flows_at(path: Path) -> list[FlowFolder]:
    if path.is_file():
        folder = path.parent.parent if path.parent.name in BELOW else path.parent
        return [read_flow(folder)]
    if not path.is_dir():
        raise CannotStart(f"Expected a file or folder at {path}, but there is none.")
    return [read_flow(path)] if is_flow(path) else flows_below(path)
