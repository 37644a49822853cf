"""What keeps secrets in this process: no core dumps, no reading by other programs, no log of TLS session keys."""

import os
import sys
from contextlib import suppress

KEY_LOG = "SSLKEYLOGFILE"
_PR_SET_DUMPABLE = 4
"""Source: prctl(2). It also gives the files of /proc/<pid> to root."""


def protect_process() -> None:
    """Protect this process, as far as its system can. Before aiohttp is loaded: its TLS context is made then."""
    os.environ.pop(KEY_LOG, None)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - does not exist on Windows

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _forbid_reading()


def _forbid_reading() -> None:
    import ctypes  # noqa: PLC0415 - --help on other systems needs none

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
