"""Metrics as a Prometheus textfile, for the node exporter."""

from pathlib import Path

from auditor.formats.atomic_write import replace_file
from auditor.model.report import Verdict
from auditor.watch.notify.events import WatchNews
from auditor.watch.scheduler import WatchOver

FILE_MODE = 0o644
LABELS = ("account", "exchange", "environment")


def write_metrics(news: WatchNews, file: Path) -> None:
    """Write the metrics to ``file`` atomically. Raises UserError."""
    # The exporter runs as another user; the file holds only names and counts.
    replace_file(file, render(news), mode=FILE_MODE)


def render(news: WatchNews) -> bytes:
    """Return the metrics in Prometheus's text format."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest  # noqa: PLC0415 - only --metrics-file needs it

    registry = CollectorRegistry()

    def gauge(name: str, description: str, *more: str) -> Gauge:
        return Gauge(f"exchange_audit_{name}", description, [*LABELS, *more], registry=registry)

    verdict = gauge("verdict", "1 for the verdict of the last pass", "verdict")
    confirmed = gauge("clean_confirmed", "1 when a second full pass confirmed that the account is clean")
    blockers = gauge("blockers", "holdings that block closing")
    unread = gauge("unread_surfaces", "places that could not be read")
    last = gauge("last_pass_timestamp_seconds", "time of the last pass")
    complete = gauge("last_complete_pass_timestamp_seconds", "time of the last pass that read every place")
    for account in news.accounts:
        labels = (account.name, account.exchange, account.environment.value)
        for value in Verdict:
            verdict.labels(*labels, value.value).set(account.verdict is value)
        confirmed.labels(*labels).set(account.confirmed)
        blockers.labels(*labels).set(account.blockers)
        unread.labels(*labels).set(account.unread)
        last.labels(*labels).set(account.at.timestamp())
        complete.labels(*labels).set(0 if account.complete_at is None else account.complete_at.timestamp())
    over = Gauge("exchange_audit_watch_over", "1 when the watch is over", registry=registry)
    over.set(isinstance(news.plan, WatchOver))
    return generate_latest(registry)
