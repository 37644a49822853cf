"""The vocabulary of statements: files with the changes of every wallet, without ids and without a balance after each.

Nothing in such a row says which row of the API it is: only its wallet, coin, amount and second do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timezone
from decimal import Decimal
from typing import NamedTuple

from auditor.archive.imports.formats import Cells
from auditor.model.amounts import short


class StatementRow(NamedTuple):
    """One change of one balance.

    ``uid``: whose, "" where the file does not say it; ``second``: Unix seconds; ``account``: the file's word for the
    wallet; ``wallet``: this program's, "" for a word that it does not know; ``digits``: of the change, as they came;
    ``kind``: in this program's words.
    """

    uid: str
    second: int
    account: str
    wallet: str
    asset: str
    change: Decimal
    digits: str
    kind: str
    operation: str
    remark: str

    @property
    def amount(self) -> str:
        """The change as all files and answers of one amount have it."""
        return short(self.change)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFormat:
    """One kind of statement.

    ``columns``: by which it is known, in small letters; ``read``: what a row means, its times being of a zone;
    ``heading``: its columns as the file writes them; ``is_zoned``: the zone is the one that the file's name says, and
    not always UTC; ``unzoned``: the kind of changes of the API whose times have no zone, "" for none; ``due``:
    operations whose rows a list of the API must have too, in small letters, with titles of those lists.
    """

    id: str
    columns: frozenset[str]
    heading: str
    read: Callable[[Cells, timezone], StatementRow]
    is_zoned: bool = False
    unzoned: str = ""
    due: Mapping[str, str] = field(default_factory=dict)
