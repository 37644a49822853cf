"""``python -m benchmarks.compare OLD NEW``: what became slower, by its ratio to ccxt in the same run.

Seconds of two runs cannot be compared, for the machine may have been busier in one of them.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

YARDSTICKS = ("plain", "bare")
TOLERATED = 1.15


def regressions(old: Mapping[str, Any], new: Mapping[str, Any], tolerated: float = TOLERATED) -> Iterator[str]:
    """Yield a sentence for each case whose ratio to ccxt, or number of requests, increased."""
    before = {case["case"]: case for case in old["cases"]}
    for case in new["cases"]:
        if case["case"] not in before:
            continue
        then, now = (_ratio(one) for one in (before[case["case"]], case))
        if then is not None and now is not None and now > then * tolerated:
            yield f"{case['case']}: {now:.3f} of what ccxt takes, {then:.3f} before"
        asked = [one["contestants"]["audit"]["requests"] for one in (before[case["case"]], case)]
        if asked[1] > asked[0]:
            yield f"{case['case']}: {asked[1]} requests, {asked[0]} before"


def _ratio(case: Mapping[str, Any]) -> float | None:
    by_name = case["contestants"]
    yardstick = next((by_name[name] for name in YARDSTICKS if name in by_name), None)
    return None if yardstick is None else float(by_name["audit"]["seconds"] / yardstick["seconds"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare two files of figures. Return 1 when a case became slower, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--tolerate", type=float, default=TOLERATED, help="how much larger a ratio may be")
    options = parser.parse_args(arguments)
    old, new = (json.loads(path.read_text("utf-8")) for path in (options.old, options.new))
    sentences = list(regressions(old, new, options.tolerate))
    sys.stdout.write("".join(f"{line}\n" for line in sentences) or "Nothing became slower.\n")
    return int(bool(sentences))


if __name__ == "__main__":
    sys.exit(main())
