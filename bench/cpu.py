"""CPU seconds of processes, read from /proc."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def burnt_s(root: int) -> float:
    """CPU seconds of a process and all below it, ended children that it waited for included."""
    return sum(_own_s(pid) for pid in (root, *_below(root)))


def _own_s(pid: int) -> float:
    try:
        fields = _stat(pid)
    except OSError:  # ended meanwhile: its parent counts it
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS


def _below(root: int) -> list[int]:
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int(_stat(int(entry.name))[1])
        except OSError:
            continue
    found, looked = [], [root]
    while looked:
        parent = looked.pop()
        children = [pid for pid, of in parents.items() if of == parent]
        found += children
        looked += children
    return found


def _stat(pid: int) -> list[str]:
    """The fields after the name, which may itself hold blanks: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
