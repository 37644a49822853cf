"""The number of connections to one address: limited by the exchange's rate limits, not by connections.

It stays within the number of files that this process may open.
"""

import sys

EACH, MOST = 30, 300
# Files kept free for other uses: files, the history, the terminal, a browser's page.
OTHERS = 64


def connection_limit(accounts: int, addresses: int) -> int:
    """Return the number of connections to each of ``addresses`` addresses, for so many ``accounts``."""
    allowed = (_open_files() - OTHERS) // addresses
    return min(EACH * accounts, MOST, max(EACH, allowed))


def _open_files() -> int:
    """Return how many files this process may have open; a connection is one, except on Windows."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource  # noqa: PLC0415 - does not exist on Windows

    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft
