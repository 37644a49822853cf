"""KuCoin: deposits and withdrawals, as far back as KuCoin lists them, which show a part of the ledger over again.

A row of the ledger must be in them. The other way round nothing is due: they go back further than the ledger does.
"""

from collections.abc import Hashable

from auditor.exchanges.kucoin.archive_lists.listing import MAIN, TRADE, reach
from auditor.exchanges.kucoin.flows import FAILURE, FLOWS
from auditor.exchanges.kucoin.history_kinds import codes_of
from auditor.i18n import mark
from auditor.model.amounts import ZERO, add, subtract
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import amount, optional_amount, text, time
from auditor.spec.history import WalletTransfer
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList

FINAL = "SUCCESS"


def change_mark(entry: LedgerEntry) -> Hashable:
    """Return the coin and the change of a row: all that it has in common with a deposit or a withdrawal."""
    return entry.asset, entry.change


def deposit(row: Row) -> ListedRow:
    """Read a deposit: what is credited is its amount, with its fee or without."""
    sent, fee = row.amount("amount"), row.amount_or_none("fee") or ZERO
    return _movement("deposit", row, (subtract(sent, fee), sent))


def withdrawal(row: Row) -> ListedRow:
    """Read a withdrawal: the ledger's amount has its fee in it ("fees included"), perhaps not in all rows."""
    sent, fee = row.amount("amount"), row.amount_or_none("fee") or ZERO
    return _movement("withdrawal", row, (-add(sent, fee), -sent))


def _movement(kind: str, row: Row, changes: tuple[Hashable, ...]) -> ListedRow:
    coin, state = row.text("currency"), row.text("status")
    return ListedRow(
        # A deposit has no id.
        id=row.hint("id") or "-".join((row.hint("createdAt"), coin, row.hint("amount"), row.hint("walletTxId"))),
        time=int(row.hint("createdAt")),
        cells=(
            *(kind, coin, row.hint("amount"), row.hint("fee"), coin if row.hint("fee") else ""),
            *(*row.hints("chain", "address", "walletTxId"), state),
        ),
        marks=tuple(dict.fromkeys((coin, change) for change in changes)) if state == FINAL else (),
        due=False,
        final=state in {FINAL, FAILURE},
        done=state == FINAL,
    )


def _endpoint(surface_id: str) -> Endpoint:
    found = next(one.endpoint for one in FLOWS if one.id == surface_id)
    if found is None:
        raise ValueError(surface_id)
    return found


DEPOSITS = SecondList(
    id="deposits",
    title=mark("Deposits"),
    wallet=MAIN,
    also={TRADE: codes_of("deposit")},
    endpoint=_endpoint("deposits"),
    reach=reach(mark("without a stated limit"), _endpoint("deposits").source),
    key="",
    time="createdAt",
    ties=True,
    ordered=False,
    fields=(text("currency"), text("status"), amount("amount"), optional_amount("fee"), time("createdAt")),
    read=deposit,
    table="movements",
    types=codes_of("deposit"),
    mark=change_mark,
)
WITHDRAWALS = SecondList(
    id="withdrawals",
    title=mark("Withdrawals"),
    wallet=MAIN,
    also={TRADE: codes_of("withdrawal")},
    endpoint=_endpoint("withdrawals"),
    reach=reach(mark("without a stated limit"), _endpoint("withdrawals").source),
    key="",
    time="createdAt",
    ties=True,
    ordered=False,
    fields=(text("currency"), text("status"), amount("amount"), optional_amount("fee"), time("createdAt")),
    read=withdrawal,
    table="movements",
    types=codes_of("withdrawal"),
    mark=change_mark,
)
MOVEMENTS = (DEPOSITS, WITHDRAWALS)
# Transfers to and from the other accounts have the same types, and no other half here.
TRANSFERS = (WalletTransfer(wallets=(MAIN, TRADE), types=(codes_of("transfer"), codes_of("transfer"))),)
