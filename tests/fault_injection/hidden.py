"""Hidden holdings: what the audit without the fault tells and the one under it does not, though nothing struck it."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from auditor.model.records import Evidence, Record
from auditor.model.snapshot import AccountSnapshot, Reading, records
from tests.conftest import DemoAudit
from tests.fault_injection.answers import FOR_EVER, HARMLESS, ONCE
from tests.fault_injection.cells import Cell

# Account, kind of record, place, subject, owner.
Key = tuple[str, str, str, str, str | None]


def hidden(cell: Cell, before: DemoAudit, after: DemoAudit, rest: DemoAudit | None = None) -> AbstractSet[Key]:
    """The holdings of the audit ``before`` that the one ``after`` does not tell, outside the part that was struck.

    ``rest``: the audit of the account without the one thing: what it holds stood beside it.
    """
    return _outside(cell, before, after, rest) - {key for one in after.snapshot.accounts for key in shown_keys(one)}


def shown_keys(account: AccountSnapshot) -> set[Key]:
    """Everything that an account is shown to hold."""
    return {_key(account, reading, one) for reading, one in records(account)}


def held(account: AccountSnapshot) -> set[Key]:
    """What keeps the account from being closed."""
    return {key for key, _row in held_rows(account)}


def held_rows(account: AccountSnapshot) -> Iterator[tuple[Key, Evidence]]:
    """The same, each with the exchange's own row."""
    return ((_key(account, reading, one), one.row) for reading, one in records(account) if one.holds)


def held_in(audited: DemoAudit) -> set[Key]:
    """What keeps any account of an audit from being closed."""
    return {key for account in audited.snapshot.accounts for key in held(account)}


def _key(account: AccountSnapshot, reading: Reading, record: Record) -> Key:
    return account.name, type(record).__name__, reading.surface, record.subject, record.owner or reading.owner


def _outside(cell: Cell, before: DemoAudit, after: DemoAudit, rest: DemoAudit | None) -> AbstractSet[Key]:
    """What nothing struck: of a whole answer the other places, of a row or of lost pages all that stood beside it."""
    everything = held_in(before)
    if cell.fault in ONCE or cell.fault in HARMLESS:
        return everything
    if rest is not None and cell.fault not in FOR_EVER:
        return everything & held_in(rest)
    struck = _places_struck(cell, after)
    return {key for key in everything if key[2] not in struck}


def _places_struck(cell: Cell, after: DemoAudit) -> AbstractSet[str]:
    table = cell.venue.table
    read = {reading.surface for account in after.snapshot.accounts for reading in account.readings}
    if table.says_whose_of(cell.place) and not read & table.surfaces.keys():
        return table.surfaces.keys()  # a key of which nobody knows what it may do is asked for nothing else
    return table.struck_with(cell.place)
