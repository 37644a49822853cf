"""Where a fleet stands, for Prometheus: sums by exchange, rule and egress, never a label an account."""

from collections.abc import Iterator
from datetime import datetime

from auditor.fleet.status.model import FleetStatus, State

PREFIX = "exchange_audit_fleet_"
METRICS = {
    "accounts": ("accounts in this state", ("exchange", "state")),
    "blockers": ("holdings that block closing", ("exchange",)),
    "findings": ("findings of the last checks", ("exchange", "rule", "severity")),
    "accounts_with_finding": ("accounts with at least one such finding", ("exchange", "rule", "severity")),
    "stuck_accounts": ("accounts with the same blockers for long and no date ahead", ("exchange",)),
    "late_accounts": ("accounts whose check was due more than an hour ago", ("egress",)),
    "partial_accounts": ("accounts whose last check did not read every documented place", ("exchange",)),
    "oldest_complete_check_timestamp_seconds": (
        "last complete check of the account that waits for one longest; absent without any",
        ("exchange",),
    ),
    "returned_accounts": ("accounts that were ready once and are not ready now", ("exchange",)),
    "undated_accounts": ("accounts of which nobody can say when they are over", ("exchange",)),
    "earliest_end_timestamp_seconds": ("latest date that is known; absent without any", ()),
    "running_families": ("families that are being checked", ()),
    "worker_last_seen_timestamp_seconds": ("last sign of life of a worker", ("egress",)),
    "worker_working": ("1 while a worker has not ended as it should", ("egress",)),
    "worker_checks": ("checks of a worker in this hour and the one before", ("egress",)),
    "worker_limited_answers": ("answers that asked for fewer requests, in the same time", ("egress",)),
    "status_timestamp_seconds": ("time of these figures", ()),
}
"""What each metric counts, and its labels, by name."""
Sample = tuple[str, tuple[str, ...], float]


def render(status: FleetStatus) -> bytes:
    """Return the metrics in Prometheus's text format."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest  # noqa: PLC0415 - only this form needs it

    registry = CollectorRegistry()
    gauges = {
        name: Gauge(f"{PREFIX}{name}", text, labels, registry=registry)
        for name, (text, labels) in METRICS.items()
        if labels or any(sample[0] == name for sample in samples(status))
    }
    for name, labels, value in samples(status):
        gauge = gauges[name]
        (gauge.labels(*labels) if labels else gauge).set(value)
    return generate_latest(registry)


def samples(status: FleetStatus) -> Iterator[Sample]:
    """Yield each figure with the values of its labels."""
    yield "status_timestamp_seconds", (), status.at.timestamp()
    yield "running_families", (), status.running
    yield from _time("earliest_end_timestamp_seconds", (), status.total.ready_at)
    yield from _of_exchanges(status)
    yield from (("late_accounts", (group.name,), group.late) for group in status.egress_groups)
    for one in status.blockages:
        labels = (one.exchange, one.rule, one.severity.value)
        yield "findings", labels, one.findings
        yield "accounts_with_finding", labels, one.accounts
    yield from _of_workers(status)


def _of_exchanges(status: FleetStatus) -> Iterator[Sample]:
    for group in status.exchanges:
        label = (group.name,)
        yield from (("accounts", (group.name, state.value), group.count(state)) for state in State)
        yield "blockers", label, group.blockers
        yield "stuck_accounts", label, group.stuck
        yield "partial_accounts", label, group.partial
        yield "returned_accounts", label, group.returned
        yield "undated_accounts", label, group.undated
        yield from _time("oldest_complete_check_timestamp_seconds", label, group.unread_since)


def _of_workers(status: FleetStatus) -> Iterator[Sample]:
    for egress in status.egresses:
        label = (egress.name,)
        yield "worker_last_seen_timestamp_seconds", label, egress.seen_at.timestamp()
        yield "worker_working", label, egress.ended_at is None
        yield "worker_checks", label, egress.passes
        yield "worker_limited_answers", label, egress.limited


def _time(name: str, labels: tuple[str, ...], when: datetime | None) -> Iterator[Sample]:
    if when is not None:
        yield name, labels, when.timestamp()
