"""A diagram judged on some of its paths: the engine beside the oracle, then every form beside the
engine. Whatever differs is told with all that is needed to see it again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .draw import drawn
from .elsewhere import Elsewhere, Processes
from .forms import Apart, Form, Uninterrupted, Whole
from .play import Subject, Walk, repeat, subject, walked
from .write import written

# Of each diagram; a process for each move costs many times what the other forms do.
FAR_PATHS = 4


@dataclass
class Told:
    """What has been judged.

    Attributes:
        open: Paths that the oracle has given up.
    """

    diagrams: int = 0
    paths: int = 0
    moves: int = 0
    processes: int = 0
    open: int = 0

    def __str__(self) -> str:
        return (
            f"{self.diagrams} diagrams, {self.paths} paths, {self.moves} moves,"
            f" {self.processes} processes, {self.open} paths left open"
        )


class Fault(AssertionError):
    """What differs, the diagram and the command that shows it again."""

    def __init__(self, seed: int, path: int, differs: Exception) -> None:
        super().__init__(
            f"diagram {seed}, path {path}: python -m tests.fuzz {seed} {path}\n"
            f"{type(differs).__name__}: {differs}\n{written(drawn(seed)).decode()}"
        )


def judge(seeds: Iterable[int], paths: int, *, is_far: bool = True) -> Told:
    """Judge these diagrams.

    Args:
        is_far: Whether the first paths are walked once more with every move in a process, and
            the first path of each diagram with every step in one.

    Raises:
        Fault: The first one that differs.
    """
    told = Told()
    with Processes() as processes:
        for seed in seeds:
            of = _subject(seed)
            told.diagrams += 1
            for path in range(paths):
                goes_far = is_far and path < FAR_PATHS
                walk = _judged(of, path, processes if goes_far else None)
                told.paths += 1
                told.moves += len(walk.moves)
                told.open += walk.oracle.is_open
        told.processes = len(processes.pids)
    return told


def _subject(seed: int) -> Subject:
    try:
        return subject(seed)
    except Exception as fault:
        raise Fault(seed, 0, fault) from fault


def _judged(of: Subject, path: int, processes: Processes | None) -> Walk:
    try:
        walk = walked(of, path)
        for form in _forms(of, path, processes):
            repeat(walk, form)
    except Exception as fault:
        raise Fault(of.diagram.seed, path, fault) from fault
    return walk


def _forms(of: Subject, path: int, processes: Processes | None) -> Iterator[Form]:
    yield Whole(of.compiled, most=1)
    yield Apart(of.compiled)
    yield Uninterrupted(of.compiled)
    if processes is not None:
        yield Elsewhere(of.file, of.compiled.digest, processes)
        if path == 0:
            yield Elsewhere(of.file, of.compiled.digest, processes, most=1)
