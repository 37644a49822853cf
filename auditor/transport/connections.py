"""How many connections one address gets: enough to be held up by its limits alone, within what a process may open."""

import sys

EACH, MOST = 30, 300
# Kept free for everything else that is open: files, the history, the terminal, a browser's page.
OTHERS = 64


def connections(accounts: int, addresses: int) -> int:
    """How many at one of so many addresses, for so many accounts."""
    allowed = (_open_files() - OTHERS) // addresses
    return min(EACH * accounts, MOST, max(EACH, allowed))


def _open_files() -> int:
    """How many files this process may have open; a connection is one of them, except on Windows."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource  # noqa: PLC0415 - there is none on Windows

    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft
