"""Commands that print what the program knows: surfaces, rules, requirements, demo accounts."""

import inspect
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from auditor.cli.runtime.reader import Runtime
from auditor.exchanges.registry import load
from auditor.i18n import Text, Translator, _, joined
from auditor.i18n.columns import cells_of, padded, wrapped
from auditor.i18n.suggest import unknown
from auditor.model.errors import UserError
from auditor.model.snapshot import Standing
from auditor.rules import all_rules, split_docstring
from auditor.settings import exchange_checks as needs
from auditor.settings.exchange_facts import RequirementFact, exchange_config
from auditor.spec.surface import Surface

NARROWEST, WIDEST = 40, 100
FORMATS = ("terminal", "json")
Fields = Mapping[str, object]


def surfaces(exchanges: Sequence[str], form: str, runtime: Runtime) -> int:
    """Print every surface, by area, and the request that reads it."""
    check_form(form, "surfaces")
    chosen = [(exchange, load(exchange).surfaces) for exchange in _selected(exchanges)]
    if form == "json":
        return print_json("surfaces", (_surface_fields(exchange, one) for exchange, many in chosen for one in many))
    for exchange, many in chosen:
        heading = _("{exchange}: {count} places").format(exchange=exchange, count=len(many))
        _print([heading, *_surface_lines(many, runtime.console)], runtime.console)
    return 0


def rules(form: str, runtime: Runtime) -> int:
    """Print every rule: id, severity and title."""
    check_form(form, "rules")
    found = [rule for rule, _module in all_rules()]
    if form == "json":
        return print_json(
            "rules", ({"id": rule.id, "severity": rule.severity.value, "title": rule.title} for rule in found)
        )
    rows = [(rule.id, _(rule.severity.value), _(rule.title)) for rule in found]
    _print(table(rows, runtime.console), runtime.console)
    return 0


def explain(name: str, runtime: Runtime) -> int:
    """Print what a rule finds, why it blocks, and what to do. Raises UserError if unknown."""
    by_id = {rule.id: (rule, module) for rule, module in all_rules()}
    if name not in by_id:
        raise UserError(unknown(_("rule"), name, by_id))
    rule, module = by_id[name]
    first, *rest = (_(part) for part in split_docstring(inspect.getdoc(module) or ""))
    head = joined("", (rule.id, " (", _(rule.severity.value), "): ", _(rule.title)))
    _print(_folded([head, "", first, "", *rest], runtime.console), runtime.console)
    return 0


def requirements(exchanges: Sequence[str], form: str, runtime: Runtime) -> int:
    """Print each exchange's conditions for closing: title, proof, source and date."""
    check_form(form, "requirements")
    chosen = [(exchange, exchange_config(exchange).requirements) for exchange in _selected(exchanges)]
    if form == "json":
        return print_json("requirements", (_fact_fields(exchange, one) for exchange, many in chosen for one in many))
    for exchange, many in chosen:
        lines = (line for fact in many for line in _requirement_lines(fact, runtime.console))
        _print([exchange, *lines], runtime.console)
    return 0


def demos(form: str, runtime: Runtime) -> int:
    """Print the demo accounts of every exchange, with what each holds."""
    from auditor.demo.account_files import DEFAULT, exchanges, names  # noqa: PLC0415 - only this list needs them

    check_form(form, "demos")
    venues = sorted(exchanges(), key=lambda exchange: (exchange != DEFAULT, exchange))
    found = [(name, exchange, about) for exchange in venues for name, about in names(exchange).items()]
    if form == "json":
        return print_json("demos", ({"name": n, "exchange": exchange, "about": about} for n, exchange, about in found))
    _print(table([(name, _(about)) for name, _exchange, about in found], runtime.console), runtime.console)
    return 0


def check_form(form: str, name: str) -> None:
    """Raise UserError for a form that the list does not have."""
    if form not in FORMATS:
        text = _("`audit list {name}` knows --format terminal and --format json.")
        raise UserError(text.format(name=name))


def print_json(name: str, rows: Iterable[Fields]) -> int:
    """Print rows as one JSON document and return the exit code."""
    sys.stdout.write(json.dumps({name: list(rows)}, indent=2, ensure_ascii=False) + "\n")
    return 0


def width() -> int:
    """Return the columns that a list may take: those of the terminal, 80 elsewhere."""
    columns = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    return max(NARROWEST, min(columns, WIDEST))


def table(rows: Sequence[Sequence[Text]], translate: Translator) -> Iterator[str]:
    """Align columns to their widest cell; the last one is wrapped to the width of the terminal."""
    texts = [[translate(cell) for cell in row] for row in rows]
    widths = [max(map(cells_of, column)) + 2 for column in zip(*texts, strict=True)][:-1]
    margin = " " * sum(widths)
    for *cells, last in texts:
        first, *rest = wrapped(last, width() - len(margin))
        yield "".join((*(padded(cell, size) for cell, size in zip(cells, widths, strict=True)), first))
        yield from (f"{margin}{line}" for line in rest)


def _surface_lines(many: Sequence[Surface], translate: Translator) -> Iterator[str]:
    for area, places in groupby(sorted(many, key=lambda place: place.area), key=lambda place: place.area):
        yield ""
        yield translate(_(area.value))
        for place in places:
            undocumented = _("not in the exchange's documentation")
            notes: list[Text] = [place.address, *([undocumented] if place.standing is Standing.UNDOCUMENTED else [])]
            yield from _indented(joined("", (_(place.title), " [", place.id, "]")), 2, translate)
            yield from _indented(joined("; ", notes), 6, translate)


def _requirement_lines(fact: RequirementFact, translate: Translator) -> Iterator[str]:
    proof = _("check it yourself in the app") if fact.manual else _(", ").join(map(_, (*fact.areas, *fact.seen_in)))
    yield ""
    yield from _indented(joined("", (_(fact.title), " [", fact.id, "]")), 2, translate)
    yield from _indented(_("Checked in: {places}").format(places=proof) if fact.areas else proof, 6, translate)
    source = joined("", (_(fact.source), " (", fact.as_of, ")"))
    yield from _indented(_("Source: {source}").format(source=source), 6, translate)


def _indented(text: Text, margin: int, translate: Translator) -> Iterator[str]:
    yield from (" " * margin + line for line in wrapped(translate(text), width() - margin))


def _folded(lines: Iterable[Text], translate: Translator) -> Iterator[str]:
    for line in lines:
        for part in translate(line).splitlines() or [""]:
            yield from wrapped(part, width())


def _surface_fields(exchange: str, surface: Surface) -> Fields:
    return {
        "exchange": exchange,
        "id": surface.id,
        "area": surface.area.value,
        "title": surface.title,
        "request": surface.address,
        "standing": surface.standing.value,
        "source": surface.source,
    }


def _fact_fields(exchange: str, fact: RequirementFact) -> Fields:
    return {"exchange": exchange, **fact.model_dump(mode="json")}


def _selected(exchanges: Sequence[str]) -> Iterator[str]:
    for exchange in dict.fromkeys(exchanges):
        needs.check_exchange(exchange)
    yield from dict.fromkeys(exchanges) or needs.table_exchanges()


def _print(lines: Iterable[Text], translate: Translator) -> None:
    sys.stdout.write("".join(f"{translate(line)}\n" for line in lines))
