"""What the parts of a start share: how they refuse, and how a child ends with its parent."""

import ctypes
import os
import sys
from signal import Signals

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class CannotStart(Exception):
    """The service cannot start. The message is the one sentence the operator reads."""


def end_with(parent: int, signal: Signals) -> None:
    """Have the kernel send `signal` to this process when process `parent`, its parent, dies.

    Called in the child, between fork and exec or later. Strictly it is the parent's *thread*
    that counts: a child must be started by a thread that lives as long as it. Linux only;
    elsewhere the child stays and the next start waits for it.
    """
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal), 0, 0, 0)
        if os.getppid() != parent:  # it died before the call
            os._exit(1)
