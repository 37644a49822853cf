"""The run of `audit fleet status`: read the history's tables, write a form, return the exit code."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from auditor.cli.options.fleet_groups import NewsOptions
from auditor.cli.runtime import output
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.fleet.database import Database
from auditor.fleet.digest import tell_news
from auditor.fleet.status import as_json, as_prometheus, as_terminal
from auditor.fleet.status.model import STUCK, FleetStatus
from auditor.fleet.status.query import read_status
from auditor.formats.atomic_write import OWNER_ONLY, replace_file
from auditor.history.database_url import parse_location
from auditor.history.store import History
from auditor.i18n import Translator
from auditor.watch.notify.channels import Channel

TERMINAL, HTML, PROMETHEUS = "terminal", "html", "prometheus"
ENDINGS: Mapping[str, str] = {".json": "json", ".html": HTML, ".htm": HTML, ".prom": PROMETHEUS}
"""The form of a file by its ending."""
FOR_EXPORTER = 0o644
"""The exporter that reads metrics runs as another user; they name no account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRequest:
    """What the command line asks for. ``stuck`` and ``late``: name all accounts of this kind."""

    form: str | None = None
    output: Path | None = None
    by: str = "exchange"
    stuck: timedelta | None = None
    late: bool = False
    history: str | None = None
    news: NewsOptions = field(default_factory=NewsOptions)

    @property
    def shown_form(self) -> str:
        """The form that was asked for, else that of the file's ending."""
        ending = "" if self.output is None else self.output.suffix.lower()
        return self.form or ENDINGS.get(ending, TERMINAL)

    @property
    def counts_tags(self) -> bool:
        """Whether the form shows accounts by tag."""
        return self.by == "tag" or self.shown_form in {HTML, "json"}

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that are wanted with all of their accounts."""
        return tuple(name for name, wanted in (("stuck", self.stuck is not None), ("late", self.late)) if wanted)


def show(wanted: StatusRequest, runtime: Runtime) -> int:
    """Write where the fleet stands, and return the exit code. Raises UserError."""
    if wanted.output is not None:
        output.check_writable(wanted.output)
    to_file = wanted.output is not None and wanted.output != output.STDOUT
    translate = runtime.files if to_file else runtime.console
    channels = wanted.news.channels()
    with History(parse_location(wanted.history)) as history:
        with history.reading() as connection:
            status = read_status(
                connection, stuck_after=wanted.stuck or STUCK, whole=wanted.lists, tags=wanted.counts_tags
            )
            is_page = wanted.shown_form == HTML
            data = _page(connection, status, translate) if is_page else _render(status, wanted, translate)
        _write(data, wanted, to_file=to_file)
        if channels:
            _notify(history, channels, runtime)
    return status.exit_code


def _notify(history: History, channels: Sequence[Channel], runtime: Runtime) -> None:
    database = Database(history)
    try:
        run_supervised(tell_news(database, channels, runtime.console, runtime.say, at_once=True))
    finally:
        database.close()


def _render(status: FleetStatus, wanted: StatusRequest, translate: Translator) -> bytes:
    form = wanted.shown_form
    if form == PROMETHEUS:
        return as_prometheus.render(status)
    if form == "json":
        return as_json.render(status).encode()
    return as_terminal.render(status, translate, wanted.by, wanted.lists).encode("utf-8", "backslashreplace")


def _page(connection: Connection, status: FleetStatus, translate: Translator) -> bytes:
    from auditor.fleet.export.page import read_exports  # noqa: PLC0415 - only the page carries them
    from auditor.fleet.status import as_html  # noqa: PLC0415 - only the page needs a template
    from auditor.fleet.status.progress import read_progress  # noqa: PLC0415

    exports = read_exports(connection, as_html.LARGEST, translate)
    return as_html.render(status, read_progress(connection), exports, translate).encode("utf-8", "backslashreplace")


def _write(data: bytes, wanted: StatusRequest, *, to_file: bool) -> None:
    if to_file and wanted.output is not None:
        mode = FOR_EXPORTER if wanted.shown_form == PROMETHEUS else OWNER_ONLY
        replace_file(wanted.output, data, mode=mode)
    else:
        sys.stdout.write(data.decode())
