"""Run the campaign whole and print its table: `python -m tests.campaign [PROCESSES]`."""

import os
import sys

from tests.campaign.running import run_all, table, wrong


def main() -> int:
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else os.cpu_count() or 1
    results = run_all(processes)
    sys.stdout.write(table(results) + "\n")
    return 1 if wrong(results) else 0


if __name__ == "__main__":
    sys.exit(main())
