"""Gate: what lists that only explain the ledgers have in common, and how they are paged."""

from collections.abc import Mapping
from functools import partial

from auditor.exchanges.gate.history_kinds import SPOT
from auditor.i18n import mark
from auditor.spec import table_rows
from auditor.spec.endpoint import Numbered, Offset
from auditor.spec.paged_list import Reach
from auditor.spec.rows import list_rows
from auditor.spec.second_list import SecondList

BY_OFFSET = Offset(size=100)
BY_PAGE = Numbered(number="page", limit="limit", size=100, total=None, most=100_000)

# Some rows have no id; those that have one are not always in the order of time.
explaining = partial(
    SecondList,
    wallet=SPOT,
    reach=Reach(words=mark("without a stated limit")),
    key="",
    ties=True,
    ordered=False,
    explains=True,
    timed=True,
)
in_table = partial(table_rows.in_table, unit="s")


def of_spot(codes: str) -> Mapping[str, frozenset[str]]:
    """Return types of the spot account's ledger, written with blanks between them."""
    return {SPOT: frozenset(codes.split())}


def flat_rows(data: object) -> list[object]:
    """Return the rows of a list that is documented as a list within a list, and was recorded as one."""
    rows = list_rows(data)
    return [row for part in rows for row in (part if isinstance(part, list) else [part])]
