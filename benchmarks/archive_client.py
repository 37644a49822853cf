"""Archive the account of `benchmarks.archive_serving`, as fast as it answers.

A process of its own: ``python -m benchmarks.archive_client URL FOLDER``. The command line always keeps the limits that
an exchange documents, with which a million rows take more than an hour.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import SecretStr

from auditor import demo
from auditor.archive.run import ArchiveRequest, archive
from auditor.model.account import Account, Options
from benchmarks.contestants import CCXT_KEYS

PEAK = "peak-bytes"
"""The file with the most memory that the process had."""


def main(arguments: Sequence[str]) -> int:
    """Make the archive, and return its exit code."""
    url, folder = arguments
    told = demo.account("empty")
    keys = {name: SecretStr(getattr(told, key)) for name, key in CCXT_KEYS.items()}
    configured = Account(name=told.name, exchange="okx", base_url=url, credentials=keys, demo=True)
    made = asyncio.run(archive(configured, Options(pace=0), ArchiveRequest(to=Path(folder))))
    (Path(folder) / PEAK).write_text(str(_peak_bytes()))
    return made.outcome.exit_code


def _peak_bytes() -> int:
    """Return the most memory that this process had, 0 where the system does not say.

    What a parent reads of its child begins with its own, which is larger.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
