"""Where a fleet stands, as one page that loads nothing and runs nothing: for the person who answers for it."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from auditor.fleet.status import chart, words
from auditor.fleet.status.model import FleetStatus, State
from auditor.fleet.status.progress import LAYERS, Point
from auditor.fleet.status.words import Table
from auditor.formats.as_html import LANGUAGES, render_value
from auditor.i18n import Message, Translator, _, day, moment

LARGEST = 2_000_000
"""Bytes of all exports that a page carries with it."""
BLOCKAGES = 20
"""Rows of what blocks most."""
Exports = Mapping[str, bytes]
"""The content of the files that the page offers, by name."""


def render(status: FleetStatus, progress: Sequence[Point], exports: Exports, translate: Translator) -> str:
    """Return the page. ``exports``: none where they are too long for it."""
    style, progress = _style(), tuple(_until_now(status, progress))
    return _template().render(
        lang=LANGUAGES[translate.language],
        translate=translate,
        title=words.headline(status),
        style=Markup(style),  # noqa: S704 - the program's own files
        policy=f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'",
        status=status,
        figures=list(_figures(status)),
        points=progress,
        layers=chart.draw_layers(progress, status.total.accounts),
        all_layers=LAYERS,
        legend=_legend(),
        progress_text=_progress_text(status, progress),
        blockages=words.what_blocks(status.blockages)[:BLOCKAGES],
        tables=list(_tables(status)),
        exports=[(name, _address(data)) for name, data in exports.items()],
        **_WORDS,
    )


_WORDS: Mapping[str, object] = {"_": _, "words": words, "chart": chart, "moment": moment, "day": day}


def _until_now(status: FleetStatus, points: Sequence[Point]) -> Iterator[Point]:
    """Yield the points, and one for now: nothing has changed since the last of them."""
    yield from points
    if points and points[-1].at < status.at:
        yield Point(status.at, points[-1].states)


def _figures(status: FleetStatus) -> Iterator[tuple[Message, int]]:
    total = status.total
    yield _("Accounts"), total.accounts
    yield from ((words.state_name(state), total.count(state)) for state in State if total.count(state))
    yield from ((name, number) for name, number in ((_("Stuck"), total.stuck), (_("Late"), total.late)) if number)


def _legend() -> Sequence[tuple[str, Message]]:
    return (
        ("ready", _("ready")),
        ("unknown", _("incomplete, or key rejected")),
        ("blocked", _("not ready to close")),
        ("unchecked", _("not checked yet")),
    )


def _progress_text(status: FleetStatus, points: Sequence[Point]) -> Message:
    ready = [point.count(State.CLEAN, State.CONFIRMED) for point in points] or [0]
    text = _("Accounts that are ready: from {first} to {last} of {all}")
    return text.format(first=ready[0], last=ready[-1], all=status.total.accounts)


def _tables(status: FleetStatus) -> Iterator[Table]:
    """Yield the tables: who is stuck first, then by tag and exchange, then the workers."""
    *lists, workers = [make(status) for make in (*words.LISTS.values(), words.worker_table)]
    groups = [words.groups_table(status, by) for by in ("tag", "exchange")]
    yield from (table for table in (*lists, *groups, workers) if table is not None and table.rows)


def _address(data: bytes) -> str:
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(data).decode()}"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _style() -> str:
    """Return the style of a report's page, and what this one adds, without indents."""
    parts = (files("auditor.formats.html") / "style.css", files("auditor.fleet.status") / "page.css")
    lines = (line.strip() for part in parts for line in part.read_text(encoding="utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("auditor.fleet", "status"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=render_value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
