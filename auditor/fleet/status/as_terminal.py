"""Where a fleet stands, for a person at a terminal."""

from collections.abc import Collection, Iterator, Sequence
from io import StringIO

from rich.console import Console

from auditor.fleet.status import words
from auditor.fleet.status.model import FleetStatus, State
from auditor.fleet.status.words import Table
from auditor.formats.escape import escape_invisible
from auditor.formats.terminal.cjk_wrap import CjkText
from auditor.i18n import Text, Translator, _, joined
from auditor.i18n.columns import cells_of, padded

GAP = "  "
BLOCKAGES = 10
"""Rows of what blocks most."""
HUNDRED = 100
WIDTH = 80
"""Columns of the narrowest usual terminal: sentences are wrapped to it."""


def render(status: FleetStatus, translate: Translator, by: str = "exchange", lists: Collection[str] = ()) -> str:
    """Return the text.

    ``by``: exchange, tag, egress or rule; ``lists``: those, by name, that are shown instead of all else.
    """
    lines: list[str] = [translate(words.headline(status))]
    if status.total.accounts:
        lines += ["", *_states(status, translate), "", *_wrapped(translate(words.ending(status)))]
    for table in _tables(status, by, lists):
        lines += ["", *table_lines(table, translate)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def table_lines(table: Table, translate: Translator) -> Iterator[str]:
    """Yield the title of a table, its columns and its rows, aligned: those that do not fit beside the others below."""
    cells = [[_shown(cell, translate) for cell in row] for row in (table.heads, *table.rows)]
    widths = [max(map(cells_of, column)) for column in zip(*cells, strict=True)]
    yield _shown(table.title, translate)
    for place, columns in enumerate(_side_by_side(widths)):
        if place:
            yield ""
        for row in cells:
            aligned = (_aligned(row[number], widths[number], number in table.figures) for number in columns)
            yield GAP + GAP.join(aligned)
    if table.note:
        yield GAP + _shown(table.note, translate)


def _side_by_side(widths: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the columns that fit beside each other, by number; each time the first one says what a row is about."""
    columns, used = [0], len(GAP) + widths[0]
    for number, width in enumerate(widths[1:], start=1):
        if used + len(GAP) + width > WIDTH and len(columns) > 1:
            yield columns
            columns, used = [0], len(GAP) + widths[0]
        columns, used = [*columns, number], used + len(GAP) + width
    yield columns


def _states(status: FleetStatus, translate: Translator) -> Iterator[str]:
    total = status.total
    shown = [(state, total.count(state)) for state in State if total.count(state)]
    names = [_shown(words.state_name(state), translate) for state, _number in shown]
    width, digits = max(map(cells_of, names)), len(str(total.accounts))
    for name, (_state, number) in zip(names, shown, strict=True):
        yield f"{GAP}{padded(name, width)}{GAP}{number:>{digits}}{GAP}{HUNDRED * number // total.accounts:>3} %"
    if status.running:
        yield GAP + translate(_("being checked now: {count}").format(count=status.running))


def _tables(status: FleetStatus, by: str, lists: Collection[str]) -> Iterator[Table]:
    if lists:
        yield from (make(status) for name, make in words.LISTS.items() if name in lists)
        return
    groups = words.groups_table(status, by)
    blockages = words.blockage_table(status.blockages, None if by == "rule" else BLOCKAGES)
    yield from (table for table in (groups, blockages) if table is not None and table.rows)
    yield from words.tables(status)


def _wrapped(sentence: str) -> Iterator[str]:
    """Yield the lines of a sentence, none of them broken within a word."""
    for line in CjkText(sentence).wrap(Console(width=WIDTH, file=StringIO()), WIDTH):
        yield line.plain.rstrip()


def _aligned(cell: str, width: int, is_figure: bool) -> str:
    return " " * (width - cells_of(cell)) + cell if is_figure else padded(cell, width)


def _shown(text: Text, translate: Translator) -> str:
    return escape_invisible(translate(joined("", (text,))))
