"""Binance: how to read a row of a sub-account, and for which to ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from urllib.parse import quote

from auditor.exchanges.binance.readers.rows import not_read, parts, records_of
from auditor.i18n import mark
from auditor.model.records import Balance, Bot, Part, Record, SubAccount
from auditor.model.snapshot import Reading
from auditor.spec.fields import Row, amount, text
from auditor.spec.surface import Context, Plan, Reader, Scope, listed, whole


def sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """A sub-account, frozen or not."""
    yield SubAccount(
        subject=row.text("email"),
        row=row.raw,
        name=row.text("email"),
        uid=row.text("subUserId"),
        frozen=row.flag("isFreeze"),
        frozen_functions=(),
    )


def managed(row: Row, _context: Context) -> Iterable[Record]:
    """A sub-account that a trading team manages for this account."""
    yield SubAccount(
        subject=row.text("email"),
        row=row.raw,
        name=row.text("email"),
        uid=row.text("managersubUserId"),
        frozen=False,
        frozen_functions=(),
    )


def each_of(surface: str) -> Plan:
    """One asking for each sub-account in ``surface``; None when their list was not read."""

    def plan(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope] | None:
        if not_read(read):
            return None
        return _scopes(read, surface)

    return plan


def each_managed(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope]:
    """One asking for each managed sub-account that was seen; whether their list was refused, its own line says."""
    return _scopes(read, "managed-subaccounts")


def _scopes(read: Mapping[str, Sequence[Reading]], surface: str) -> Sequence[Scope]:
    names = {record.name: None for record in records_of(read, surface) if isinstance(record, SubAccount)}
    # ccxt takes the parameters of sub-account requests as they are, so that a plus sign would become a blank.
    return [Scope(owner=name, params={"email": quote(name, safe="@")}) for name in names]


def summary(answer: str) -> Callable[[object], list[object]]:
    """The rows of the summary ``answer`` within an answer; Binance leaves the other kind of futures out, or null."""

    def rows(data: object) -> list[object]:
        (outer,) = whole(data)
        return listed("subAccountList")(outer.get(answer) if isinstance(outer, dict) else None)

    return rows


MANAGED = (text("coin"), amount("totalBalance"), amount("availableBalance"), amount("inOrder"))


def managed_asset(row: Row, context: Context) -> Iterable[Record]:
    """An asset in a managed sub-account."""
    yield Balance(
        subject=row.text("coin"),
        row=row.raw,
        owner=context.scope.owner,
        wallet="managed",
        asset=row.text("coin"),
        amount=row.amount("totalBalance"),
        held=parts(row, **{Part.AVAILABLE: "availableBalance", Part.IN_ORDERS: "inOrder"}),
    )


def worth(wallet: str, asset: str, *names: str) -> Reader:
    """What a sub-account's margin or futures wallet is worth; Binance tells the main account no more."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Balance(
            subject=f"{wallet}:{row.text('email')}",
            row=row.raw,
            owner=row.text("email"),
            wallet=wallet,
            asset=asset,
            amount=Decimal(0),
            held={Part.EQUITY: row.amount(names[0]), **parts(row, **{name: name for name in names[1:]})},
            tradable=False,
        )

    return read


def lead_trader(row: Row, _context: Context) -> Iterable[Record]:
    """Whether the account leads copy traders."""
    if row.inner("data").flag("isLeadTrader"):
        yield Bot(
            subject="lead-trader",
            row=row.raw,
            kind=mark("lead trader"),
            state=mark("role"),
            market=None,
            assets=(),
            amount=None,
            asset=None,
            copies=True,
            acts=False,
        )
