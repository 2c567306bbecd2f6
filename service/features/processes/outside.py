"""What exists outside a flow's folder, and may be named in its files."""

from collections.abc import Collection

from pydantic import BaseModel, ConfigDict

from service.core.engine.known import CommandFields, Known


class Outside(BaseModel):
    """What a folder's files may name beside each other. None: not known, and not checked."""

    model_config = ConfigDict(frozen=True)

    processes: frozenset[str] | None = None
    decisions: frozenset[str] | None = None
    #: Of all flows of the service: the commands a diagram may order, and features.
    commands: dict[str, CommandFields] = {}
    features: frozenset[str] = frozenset()
    duties: frozenset[str] | None = None

    def beside(
        self, processes: Collection[str], decisions: Collection[str], forms: Collection[str]
    ) -> Known:
        """What one file may name, given what the others of its folder hold."""
        return Known(
            processes=_with(self.processes, processes),
            decisions=_with(self.decisions, decisions),
            features=self.features,
            commands=self.commands,
            forms=frozenset(forms),
            duties=self.duties,
        )

    def and_also(self, processes: Collection[str], decisions: Collection[str]) -> "Outside":
        """The same with more processes and decisions."""
        more = {
            "processes": _with(self.processes, processes),
            "decisions": _with(self.decisions, decisions),
        }
        return self.model_copy(update=more)


def _with(known: frozenset[str] | None, more: Collection[str]) -> frozenset[str] | None:
    return None if known is None else known.union(more)
