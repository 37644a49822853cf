"""What an audit came to, in a form that a recording keeps and a replay is compared with."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.model.report import Report


def outcome(report: Report) -> Mapping[str, Any]:
    """Return verdict and findings, the dust and which places were read, as JSON."""
    return {
        "verdict": report.verdict.value,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "area": finding.area.value,
                "surface": finding.surface,
                "wallet": finding.wallet,
                "asset": finding.asset,
                "amount": None if finding.amount is None else format(finding.amount, "f"),
                "message": str(finding.message),
            }
            for finding in report.findings
        ],
        "dust": [
            {"wallet": line.wallet, "asset": line.asset, "kind": line.kind.value, "route": line.route.value}
            for line in report.dust
        ],
        "places": dict(sorted(_places(report))),
    }


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
