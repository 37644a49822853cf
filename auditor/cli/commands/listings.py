"""What the program knows, told without asking any exchange: surfaces, rules, requirements."""

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence

from auditor.exchanges.registry import load
from auditor.i18n import _, cells_of, padded
from auditor.i18n.suggest import unknown
from auditor.model.errors import Problem
from auditor.rules import all_rules
from auditor.settings import exchange_checks as needs
from auditor.settings.exchange_facts import exchange_config


def surfaces(exchanges: Sequence[str]) -> int:
    """Print every place that is read, and the request that reads it."""
    for exchange in _chosen(exchanges):
        rows = [(s.id, _(s.area.value), _(s.standing.value), s.address, _(s.title)) for s in load(exchange).surfaces]
        _print([exchange, *_table(rows)])
    return 0


def rules() -> int:
    """Print every rule: its id, how much it matters, and its title."""
    _print(_table([(rule.id, _(rule.severity.value), _(rule.title)) for rule, _module in all_rules()]))
    return 0


def explain(name: str) -> int:
    """Print what one rule finds, why that blocks, and what to do. Raises Problem for an unknown one."""
    known = {rule.id: (rule, module) for rule, module in all_rules()}
    if name not in known:
        raise Problem(unknown(_("rule"), name, known))
    rule, module = known[name]
    first, *rest = (_(part) for part in parts(inspect.getdoc(module) or ""))
    _print([f"{rule.id} ({_(rule.severity.value)}): {_(rule.title)}", "", first, "", *rest])
    return 0


def parts(doc: str) -> list[str]:
    """Split a rule's docstring into its first line and its parts, each of which begins with what it is about."""
    return re.split(r"\n+(?=[A-Z][a-z ]+:)", doc.strip())


def requirements(exchanges: Sequence[str]) -> int:
    """Print what each exchange asks for closing, who says so and when, and how it is proved."""
    for exchange in _chosen(exchanges):
        lines = [exchange]
        for fact in exchange_config(exchange).requirements:
            proof = _("to confirm by eye") if fact.manual else _(", ").join(map(_, (*fact.areas, *fact.seen_in)))
            lines += [f"{fact.id}: {_(fact.title)}", f"  {proof}", f"  {_(fact.source)} ({fact.as_of})"]
        _print(lines)
    return 0


def _chosen(exchanges: Sequence[str]) -> Iterator[str]:
    for exchange in dict.fromkeys(exchanges):
        needs.check_exchange(exchange)
    yield from dict.fromkeys(exchanges) or needs.known()


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as they must be; the last one as it is."""
    widths = [max(map(cells_of, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [padded(cell, width) for cell, width in zip(row[:-1], widths, strict=False)]
        yield "  ".join((*cells, row[-1]))


def _print(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
