"""OKX: how to read a row of a sub-account, and for which to ask."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.model.records import ApiKey, Record, SubAccount
from auditor.model.snapshot import Read, Reading, Unread
from auditor.spec.fields import Row
from auditor.spec.surface import Context, Scope


def sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """A sub-account, frozen (``enable`` false) or not."""
    yield SubAccount(
        subject=row.text("subAcct"),
        row=row.raw,
        name=row.text("subAcct"),
        uid=row.text("uid"),
        frozen=not row.flag("enable"),
        frozen_functions=row.texts("frozenFunc"),
    )


def api_key(row: Row, context: Context) -> Iterable[Record]:
    """A remaining API key of the sub-account asked for. The key itself is no evidence."""
    shown = {name: value for name, value in row.raw.items() if name != "apiKey"}
    yield ApiKey(
        subject=row.text("label"),
        row=shown,
        owner=context.scope.owner,
        label=row.text("label"),
        rights=tuple(row.hint("perm").split(",")),
    )


def each_subaccount(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope] | None:
    """One asking for each sub-account; None when their list was not read."""
    if not_read(read):
        return None
    names = {record.name: None for record in records_of(read, "subaccounts") if isinstance(record, SubAccount)}
    return [Scope(owner=name, params={"subAcct": name}) for name in names]


def not_read(read: Mapping[str, Sequence[Reading]]) -> bool:
    """Whether any of these surfaces is Unread."""
    return any(isinstance(reading.result, Unread) for readings in read.values() for reading in readings)


def records_of(read: Mapping[str, Sequence[Reading]], *surfaces: str) -> Iterator[Record]:
    """The records of these surfaces, of all that were read when none is named."""
    chosen = surfaces or tuple(read)
    for surface in chosen:
        for reading in read.get(surface, ()):
            if isinstance(reading.result, Read):
                yield from reading.result.records
