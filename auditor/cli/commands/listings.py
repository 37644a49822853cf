"""Commands that print the program's own facts: surfaces, rules, requirements."""

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence

from auditor.cli.runtime.reader import Runtime
from auditor.exchanges.registry import load
from auditor.i18n import Text, Translator, _, joined
from auditor.i18n.columns import cells_of, padded
from auditor.i18n.suggest import unknown
from auditor.model.errors import UserError
from auditor.rules import all_rules
from auditor.settings import exchange_checks as needs
from auditor.settings.exchange_facts import exchange_config


def surfaces(exchanges: Sequence[str], runtime: Runtime) -> int:
    """Print every surface, and the request that reads it."""
    for exchange in _selected(exchanges):
        rows = [(s.id, _(s.area.value), _(s.standing.value), s.address, _(s.title)) for s in load(exchange).surfaces]
        _print([exchange, *_table(rows, runtime.console)], runtime.console)
    return 0


def rules(runtime: Runtime) -> int:
    """Print every rule: id, severity and title."""
    rows = [(rule.id, _(rule.severity.value), _(rule.title)) for rule, _module in all_rules()]
    _print(_table(rows, runtime.console), runtime.console)
    return 0


def explain(name: str, runtime: Runtime) -> int:
    """Print what a rule finds, why it blocks, and what to do. Raises UserError if unknown."""
    by_id = {rule.id: (rule, module) for rule, module in all_rules()}
    if name not in by_id:
        raise UserError(unknown(_("rule"), name, by_id))
    rule, module = by_id[name]
    first, *rest = (_(part) for part in split_docstring(inspect.getdoc(module) or ""))
    head = joined("", (rule.id, " (", _(rule.severity.value), "): ", _(rule.title)))
    _print([head, "", first, "", *rest], runtime.console)
    return 0


def split_docstring(doc: str) -> list[str]:
    """Split a rule's docstring into its first line and its labelled paragraphs."""
    return re.split(r"\n+(?=[A-Z][a-z ]+:)", doc.strip())


def requirements(exchanges: Sequence[str], runtime: Runtime) -> int:
    """Print each exchange's conditions for closing: title, proof, source and date."""
    for exchange in _selected(exchanges):
        lines: list[Text] = [exchange]
        for fact in exchange_config(exchange).requirements:
            proof = _("to confirm by eye") if fact.manual else _(", ").join(map(_, (*fact.areas, *fact.seen_in)))
            lines.append(joined(": ", (fact.id, _(fact.title))))
            lines.append(joined("", ("  ", proof)))
            lines.append(joined("", ("  ", _(fact.source), " (", fact.as_of, ")")))
        _print(lines, runtime.console)
    return 0


def _selected(exchanges: Sequence[str]) -> Iterator[str]:
    for exchange in dict.fromkeys(exchanges):
        needs.check_exchange(exchange)
    yield from dict.fromkeys(exchanges) or needs.table_exchanges()


def _table(rows: Sequence[Sequence[Text]], translate: Translator) -> Iterator[str]:
    """Align columns to their widest cell; the last one is not padded."""
    texts = [[translate(cell) for cell in row] for row in rows]
    widths = [max(map(cells_of, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        cells = [padded(cell, width) for cell, width in zip(row[:-1], widths, strict=False)]
        yield "  ".join((*cells, row[-1]))


def _print(lines: Iterable[Text], translate: Translator) -> None:
    sys.stdout.write("".join(f"{translate(line)}\n" for line in lines))
