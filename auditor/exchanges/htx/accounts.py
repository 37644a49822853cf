"""HTX: the accounts of a user. Each has an id, a balance and a ledger of its own; an isolated margin pair is one.

Which there are only HTX's list of them says: it is read before any ledger.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.exchanges.htx.sources import DOC, OFTEN, documented
from auditor.i18n import _, mark
from auditor.spec.fields import MalformedError, text
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows
from auditor.spec.second_list import ListedRow, SecondList

ACCOUNTS_ID = "accounts"
SPOT_WALLET = "spot"
NO_TIME = "time"
"""The field that stands in for a time, which an account has not."""
TITLES: Mapping[str, str] = {
    SPOT_WALLET: mark("Spot account"),
    "super-margin": mark("Cross margin account"),
    "cross-margin": mark("Cross margin account"),
    "otc": mark("Fiat (OTC) account"),
    "point": mark("Point card account"),
}
"""Of accounts that a user has one of; others are called as HTX calls them, such as margin btcusdt."""
LOANS = frozenset({"margin", "super-margin", "cross-margin"})
"""Types of accounts that can borrow."""


@dataclass(frozen=True, slots=True)
class HtxAccount:
    """One account. ``wallet``: its name in an archive's tables."""

    id: str
    type: str
    wallet: str
    title: str


ANY = HtxAccount(id="", type=SPOT_WALLET, wallet=SPOT_WALLET, title=TITLES[SPOT_WALLET])
"""The account before any is known: what is asked of each is asked in the same way."""


def account_rows(data: object) -> list[object]:
    """Return the accounts, each with a time, by which an archive orders the rows of every list."""
    return [{**row, NO_TIME: "0"} if isinstance(row, dict) else row for row in list_rows(data)]


def account(row: Row) -> ListedRow:
    """Read an account. Raises MalformedError for an id that cannot be asked for."""
    if not _is_id(row.text("id")):
        raise MalformedError(_("{name} is not a whole number").format(name="id"))
    return ListedRow(id=row.text("id"), time=0, cells=())


def accounts_in(rows: Iterable[Mapping[str, object]]) -> Iterator[HtxAccount]:
    """Yield each account once, the spot account under its own name."""
    known: set[str] = set()
    names: set[str] = set()
    for row in rows:
        number, kind = str(row.get("id")), str(row.get("type"))
        if number in known or not _is_id(number):
            continue
        known.add(number)
        words = f"{kind} {row.get('subtype') or ''}".split()
        wallet = "-".join(words)
        # Two of one name, or a name of other signs, would not tell the wallets of a table apart.
        is_name = wallet.replace("-", "").isascii() and wallet.replace("-", "").isalnum() and wallet not in names
        wallet = wallet if is_name else f"account-{number}"
        names.add(wallet)
        yield HtxAccount(number, kind, wallet, TITLES.get(wallet, " ".join(words)))


def _is_id(number: str) -> bool:
    return number.isascii() and number.isdigit()


ACCOUNTS = SecondList(
    id=ACCOUNTS_ID,
    title=mark("Accounts"),
    wallet=SPOT_WALLET,
    endpoint=documented("v1/account/accounts", "Get all Accounts of the Current User", OFTEN, rows=account_rows),
    reach=Reach(words=mark("all there are"), source=f"{DOC}, Get all Accounts of the Current User"),
    key="id",
    time=NO_TIME,
    timed=True,
    ties=True,
    ordered=False,
    fields=(text("id"), text("type")),
    read=account,
)
