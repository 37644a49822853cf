"""What an audit came to, in a form that a recording keeps and a replay is compared with."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from auditor.model.report import Finding, Report


def outcome(report: Report) -> Mapping[str, Any]:
    """Return verdict and findings, the dust and which places were read, as JSON."""
    return {
        "verdict": report.verdict.value,
        "findings": [row for finding in report.findings for row in _finding_rows(finding)],
        "dust": [
            {"wallet": line.wallet, "asset": line.asset, "kind": line.kind.value, "route": line.route.value}
            for line in report.dust
        ],
        "places": dict(sorted(_places(report))),
    }


def _finding_rows(finding: Finding) -> Iterator[Mapping[str, Any]]:
    """Yield a finding, and what it repeats as if that were a finding of its own.

    Replaced amounts need not agree any more with a total in dollars, so a replay may tell both.
    """
    yield {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "area": finding.area.value,
        "surface": finding.surface,
        "wallet": finding.wallet,
        "asset": finding.asset,
        "amount": _digits(finding.amount),
        "message": str(finding.message),
    }
    again = finding.evidence.get("also_seen_in", ())
    for row in again if isinstance(again, list) else ():
        names = ("rule", "area", "surface", "wallet", "asset")
        fields = {name: row[name] for name in names}
        yield {**fields, "severity": finding.severity.value, "amount": _digits(row["amount"]), "message": ""}


def _digits(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def _places(report: Report) -> Iterator[tuple[str, str]]:
    """Yield each place with the kind of its readings."""
    for account in report.accounts:
        for reading in account.snapshot.readings:
            yield f"{reading.surface}/{reading.endpoint}", type(reading.result).__name__


def difference(expected: Mapping[str, Any], actual: Mapping[str, Any], *, amounts: bool = False) -> str:
    """Return the first difference that is more than replaced values, "" where there is none.

    Names, times and, unless they are compared too, ``amounts`` may differ; what is found, where and of which asset may
    not.
    """
    if expected["verdict"] != actual["verdict"]:
        return f"verdict: {expected['verdict']} / {actual['verdict']}"
    for part, names in (("findings", (*FINDING, *(["amount"] if amounts else []))), ("dust", DUST)):
        left, right = (Counter(_kept(row, names) for row in side[part]) for side in (expected, actual))
        if left != right:
            return f"{part}: {min((left - right) | (right - left))}"
    places = expected["places"].items() ^ actual["places"].items()
    return f"places: {min(places)[0]}" if places else ""


FINDING = ("rule", "severity", "area", "surface", "wallet", "asset")
DUST = ("wallet", "asset", "kind", "route")


def _kept(row: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(row.get(name)) for name in names)
