"""Run the campaigns whole and print their tables: `python -m tests.campaign [PROCESSES [EXCHANGE ...]]`."""

import os
import sys

from tests.campaign.running import run_all, table, wrong
from tests.campaign.unified import run_all_unified
from tests.campaign.venues import VENUES


def main() -> int:
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else os.cpu_count() or 1
    chosen = sys.argv[2:]
    tables, others = [one for one in chosen if one in VENUES], [one for one in chosen if one not in VENUES]
    by_table = run_all(processes, *tables) if tables or not chosen else []
    unified = run_all_unified(processes, *others) if others or not chosen else []
    sys.stdout.write("\n\n".join(table(results) for results in (by_table, unified) if results) + "\n")
    return 1 if wrong([*by_table, *unified]) else 0


if __name__ == "__main__":
    sys.exit(main())
