"""HTML format: one page that loads nothing else and escapes everything from outside."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from auditor.formats import Format, Sink, plan_words
from auditor.formats.checksum import CHECK, PLACEHOLDER, seal
from auditor.formats.dust_csv import dust_csv
from auditor.formats.escape import escape_invisible
from auditor.formats.html import blockers_chart as passes
from auditor.formats.html import coverage_matrix as matrix
from auditor.formats.html import figures, overview
from auditor.formats.html.finding_groups import finding_groups
from auditor.formats.html.official_pages import page_of
from auditor.formats.html.rule_notes import rule_notes
from auditor.formats.html.tick_keys import TickKeys
from auditor.formats.html.total_lines import totals_by_area, totals_by_asset
from auditor.formats.terminal import coverage
from auditor.formats.terminal import dust as crumbs
from auditor.formats.terminal import labels as words
from auditor.formats.terminal import requirements as conditions
from auditor.formats.terminal import summary as head
from auditor.i18n import Message, _, counted, day, joined, moment
from auditor.model.amounts import plain
from auditor.model.report import Report, Severity
from auditor.plan import make_plan
from auditor.plan.totals import totals

LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def render(report: Report, sink: Sink | None = None) -> str:
    """Return the page."""
    sink = sink or Sink()
    style, script = _read_part("style.css"), _read_part("script.js")
    page = _template().render(
        lang=LANGUAGES[sink.translate.language],
        translate=sink.translate,
        style=Markup(style),  # noqa: S704 - the program's own file
        script=Markup(script),  # noqa: S704 - the program's own file
        policy=_policy(style, script),
        digest=PLACEHOLDER,
        check=CHECK,
        curve=passes.curve(sink.passes),
        **_report_values(report),
        **_csv_values(dust_csv(report, sink.translate)),
        **_WORDS,
    )
    return seal(page)


def _report_values(report: Report) -> dict[str, object]:
    plan = make_plan(report)
    notes = rule_notes(report)
    return {
        "report": report,
        "several": len(report.accounts) > 1,
        "exchanges": len({account.snapshot.exchange for account in report.accounts}),
        "plan": plan,
        "numbers": plan_words.step_numbers(plan),
        "ticks": TickKeys(report),
        "groups": finding_groups(report, plan),
        "rule_notes": notes,
        "rule_ids": {note.id for note in notes},
        "totals": totals(report),
        "empty": overview.has_nothing_checked(report),
        "by_area": totals_by_area(report),
        "by_asset": totals_by_asset(report),
        "matrix": matrix.matrix(report),
    }


def _csv_values(csv: str) -> dict[str, object]:
    return {
        "csv_lines": Markup("&#10;").join(escape_invisible(line) for line in csv.splitlines()),
        "csv_address": _data_url(csv),
    }


_WORDS = {
    "_": _,
    "counted": counted,
    "joined": joined,
    "moment": moment,
    "day": day,
    "utc": figures.utc,
    "plain": plain,
    "money": figures.money,
    "worth": figures.worth,
    "page_of": page_of,
    "overview": overview,
    "plan_words": plan_words,
    "words": words,
    "severities": words.severity_words(),
    "ranks": {severity: rank for rank, severity in enumerate(Severity)},
    "head": head,
    "conditions": conditions,
    "coverage": coverage,
    "crumbs": crumbs,
    "status": matrix.status,
    "width": matrix.WIDTH,
    "passes": passes,
}


def _policy(style: str, script: str) -> str:
    """Return a content security policy that allows only this style and this script.

    They are identified by their digests.
    """
    sources = (
        "default-src 'none'",
        f"style-src '{_source(style)}'",
        f"script-src '{_source(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(sources)


def _source(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _data_url(csv: str) -> str:
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(csv.encode('utf-8-sig')).decode()}"


@cache
def _read_part(name: str) -> str:
    """Return a file without its indents, which are a seventh of it."""
    text = files("auditor.formats.html").joinpath(name).read_text(encoding="utf-8")
    return "".join(f"{line.strip()}\n" for line in text.splitlines())


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("auditor.formats", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=render_value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


@pass_context
def render_value(context: Context, value: object) -> object:
    """Render a message, with control and invisible characters as escapes.

    The template itself escapes HTML.
    """
    if isinstance(value, Message):
        value = context["translate"](value)
    return escape_invisible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


FORMAT = Format(name="html", suffix=".html", render=render)
