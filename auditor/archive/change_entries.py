"""The changes of a row of a list as rows of the ledgers of their wallets."""

from decimal import Decimal

from auditor.archive.change_rows import SourcedChanges
from auditor.archive.rows import RUNNING, SourcedEntry
from auditor.model import amounts
from auditor.model.amounts import plain
from auditor.spec.ledger import LedgerEntry
from auditor.spec.summed import Change

SUMMED = "summed"
"""What proves a row: the sum of all changes from nothing is what is shown."""


def entry_id(sourced: SourcedChanges, number: int) -> str:
    """Return the id in the ledger of a change of a row: its number in the row from 1 on."""
    return f"{sourced.proof.listed.id}:{'_'.join(sourced.row.id.split())}:{number}"


def sourced_entry(sourced: SourcedChanges, number: int, change: Change, balance: Decimal) -> SourcedEntry:
    """Return a change as a row of a ledger; ``balance``: the sum so far, where it has no balance of its own."""
    row = sourced.row
    entry = LedgerEntry(
        number=row.time,
        id=entry_id(sourced, number),
        time=row.time,
        asset=change.asset,
        change=change.amount,
        balance=(amounts.parse(change.balance) or amounts.ZERO) if change.balance else balance,
        digits=(plain(change.amount), change.balance),
        kind=change.kind,
        type=row.type,
        description=change.description,
        fee=change.fee,
        instrument=row.instrument,
        order_id=row.order_id,
        trade_id=row.trade_id,
        ref=row.ref,
    )
    return SourcedEntry(entry, sourced.source, RUNNING if change.balance else SUMMED)
