"""Pack what a worker of a release needs, to be tried beside newer ones: NAME.tar.xz beside this file.

    python tests/fleet/older/pack.py COMMIT NAME

Left out: other exchanges, catalogues, the demo, and what no worker imports. The exchange is today's.
"""

import lzma
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT = ("auditor", "config/krakenfutures.toml", "config/kraken.toml", "tests/fleet/worker_process.py")
LEFT_OUT = ("demo/", "archive/", "recording/", "formats/html/")
EXCHANGES = ("exchanges/shared/", "exchanges/unified/", "exchanges/kraken/", "exchanges/krakenfutures/")


def main(commit: str, name: str) -> None:
    """Write the archive."""
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", commit, *KEPT], check=True, capture_output=True, text=True
    )
    files = [file for file in listed.stdout.splitlines() if is_needed(file)]
    packed = subprocess.run(["git", "archive", commit, *files], check=True, capture_output=True).stdout
    (HERE / f"{name}.tar.xz").write_bytes(lzma.compress(packed, preset=9 | lzma.PRESET_EXTREME))


def is_needed(file: str) -> bool:
    """Return whether a worker imports or reads a file."""
    inner = file.removeprefix("auditor/")
    if "/locale/" in file or inner.startswith(LEFT_OUT):
        return False
    is_of_one = inner.startswith("exchanges/") and inner.count("/") > 1
    return not is_of_one or inner.startswith(EXCHANGES)


if __name__ == "__main__":
    main(*sys.argv[1:])
