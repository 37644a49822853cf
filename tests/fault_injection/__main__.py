"""Run the campaigns whole and print their tables: `python -m tests.fault_injection [PROCESSES [EXCHANGE ...]]`."""

import os
import sys

from tests.fault_injection.cells import Cell
from tests.fault_injection.running import run_all, table, work, wrong
from tests.fault_injection.unified import unified_work
from tests.fault_injection.venues import VENUES


def main() -> int:
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else os.cpu_count() or 1
    chosen = sys.argv[2:]
    tables, others = [one for one in chosen if one in VENUES], [one for one in chosen if one not in VENUES]
    # One pool for both; the parts that take longest first, so that no processor idles at the end.
    parts = unified_work(*others) if others or not chosen else []
    parts += work(*tables) if tables or not chosen else []
    results = run_all(processes, parts)
    by_table = [result for result in results if isinstance(result.cell, Cell)]
    unified = [result for result in results if not isinstance(result.cell, Cell)]
    sys.stdout.write("\n\n".join(table(some) for some in (by_table, unified) if some) + "\n")
    return 1 if wrong(results) else 0


if __name__ == "__main__":
    sys.exit(main())
