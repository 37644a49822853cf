"""Format the figures as a table of ratios: absolute seconds depend on the machine too much."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MEGABYTE = 1_000_000
HEAD = (
    "case",
    "audit s",
    "bound s",
    "over bound",
    "plain / audit",
    "gathered / audit",
    "audit / bare",
    "requests",
    "peak MB",
)


def report_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the whole report."""
    yield f"latency {report['latency'] * 1000:g} ms, {report['cleared']} cleared, Python {report['python']}"
    yield ""
    yield from _aligned([HEAD, *(_row(case) for case in report["cases"])])
    yield ""
    for option, taken in report["startup"].items():
        yield f"audit {option}: {taken['seconds']:.2f} s"
    yield from _growth(report["cases"])
    yield f"requests over a limit: audit {over_limit(report, 'audit')}, ccxt {over_limit(report)}"


def over_limit(report: Mapping[str, Any], only: str | None = None) -> int:
    """Return how often this program (``only`` "audit"), or any contestant, exceeded the exchange's limits."""
    every = [(name, taken) for case in report["cases"] for name, taken in case["contestants"].items()]
    return sum(taken["over_limit"] for name, taken in every if (name == only if only else name != "audit"))


def _row(case: Mapping[str, Any]) -> tuple[str, ...]:
    by_name, bound = case["contestants"], case["bound"]["seconds"]
    ours = by_name["audit"]
    return (
        case["case"],
        f"{ours['seconds']:.1f}",
        f"{bound:.1f}",
        f"{ours['seconds'] / bound:.2f}",
        _ratio(by_name.get("plain"), ours),
        _ratio(by_name.get("gathered"), ours),
        _ratio(ours, by_name.get("bare")),
        str(ours["requests"]),
        _megabytes(ours["peak_bytes"]),
    )


def _ratio(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> str:
    return "" if one is None or other is None else f"{one['seconds'] / other['seconds']:.2f}"


def _megabytes(size: int | None) -> str:
    return "" if size is None else f"{size / MEGABYTE:.0f}"


def _growth(cases: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the time that each further account adds, from one empty account to many."""
    empty = next((case for case in cases if case["case"] == "empty"), None)
    for case in cases:
        ours = case["contestants"]["audit"]
        if empty is None or case["accounts"] == 1 or ours["peak_bytes"] is None:
            continue
        alone, more = empty["contestants"]["audit"], case["accounts"] - 1
        seconds = (ours["seconds"] - alone["seconds"]) / more
        size = (ours["peak_bytes"] - alone["peak_bytes"]) / more / MEGABYTE
        yield f"{case['case']}: each above the first takes {seconds * 1000:.0f} ms and {size:.2f} MB"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join([row[0].ljust(len(first)), *rest])
