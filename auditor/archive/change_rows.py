"""The rows of lists of changes out of their raw answers, each once, in the order of time, in constant memory.

The lists come as the exchange gives them: from old to new, by windows, or a list for each symbol. A row may come again,
in a page that overlaps or in a later run, in which its state may be another: what came last counts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from auditor.archive.change_store import ChangeStore, StoredRow
from auditor.archive.pages import OddRow, reason_of
from auditor.archive.row_marks import marks_of
from auditor.archive.standing import standing
from auditor.i18n import _
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.summed import ChangedRow, ChangeList
from auditor.transport.cursor_pagination import PageLostError

MOST_TOLD = 100


@dataclass(slots=True)
class ChangeListProof:
    """What came of one list of changes.

    ``odd``: number of rows that are not understood or not the same wherever they came; ``unknown``: codes that do not
    say for certain what a row changes, with the number of rows; times are Unix milliseconds, 0 without a row.
    """

    listed: ChangeList
    rows: int = 0
    odd: int = 0
    first_time: int = 0
    last_time: int = 0
    oddities: list[OddRow] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)

    def take(self, row: ChangedRow) -> None:
        """Count the next row."""
        self.rows += 1
        self.first_time, self.last_time = self.first_time or row.time, row.time
        if row.unknown:
            self.unknown[row.unknown] += 1

    def doubt(self, odd: OddRow) -> None:
        """Count what is not understood."""
        self.odd += 1
        self.oddities += [odd] if len(self.oddities) < MOST_TOLD else []


@dataclass(frozen=True, slots=True)
class SourcedChanges:
    """A row with the list that it is of, and where it stands: file and line."""

    proof: ChangeListProof
    row: ChangedRow
    source: str


def change_rows(
    folder: Path, proofs: Sequence[ChangeListProof], exchange: Exchange, store: ChangeStore
) -> Iterator[SourcedChanges]:
    """Yield the rows of all lists, the oldest first, and note in their proofs what is odd about them.

    Raises DamagedError.
    """
    for number, proof in enumerate(proofs):
        with standing(folder, proof.listed, exchange) as rows:
            for page in chain.from_iterable(rows.pages()):
                if isinstance(page, OddRow):
                    proof.doubt(page)
                else:
                    _keep_page(number, proof, *page, store)
    for stored in store.in_time():
        proof = proofs[stored.list]
        row = replace(proof.listed.changed(stored.raw), id=stored.id)
        proof.take(row)
        yield SourcedChanges(proof, row, stored.source)


def _keep_page(number: int, proof: ChangeListProof, rows: list[object], source: str, store: ChangeStore) -> None:
    try:
        # Rows without an id are known by their content, and by how many of the same came before on the page.
        marks = [""] * len(rows) if proof.listed.key else [mark.id for mark in marks_of(rows, proof.listed)]
    except (MalformedError, PageLostError) as error:
        proof.doubt(OddRow(reason_of(error), source))
        return
    for mark, raw in zip(marks, rows, strict=True):
        _keep(proof, StoredRow(number, mark, raw, source), store)


def _keep(proof: ChangeListProof, stored: StoredRow, store: ChangeStore) -> None:
    """Keep a row, and one that is there already as what came last has it."""
    try:
        row = proof.listed.changed(stored.raw)
    except (MalformedError, ValueError, TypeError, KeyError) as error:
        proof.doubt(OddRow(reason_of(error), stored.source))
        return
    stored = stored._replace(id=stored.id or row.id)
    known = store.add(stored, row.time)
    if known is None or known.raw == stored.raw:
        return
    if _file(known.source) == _file(stored.source):
        text = _("row {number} is not the same wherever it came")
        proof.doubt(OddRow(text.format(number=stored.id), stored.source))
    else:
        store.put(stored, row.time)


def _file(source: str) -> str:
    """Return the file of a row, which is one run through a list. Between two runs a row's state may change."""
    return source.partition(":")[0]
