"""OKX: how to read a row of a wallet."""

from collections.abc import Iterable
from decimal import Decimal

from auditor import i18n
from auditor.model import amounts
from auditor.model.records import Balance, Debt, Part, Record
from auditor.model.reference_data import Mark, Network, Valuation
from auditor.spec.fields import Malformed, Row, always, amount, outside_modes, text
from auditor.spec.surface import Context, single


def held_parts(row: Row, **parts: str) -> dict[str, Decimal]:
    """The figures of ``row`` by part, without documented blanks."""
    found = {part: row.amount_or_none(name) for part, name in parts.items()}
    return {part: value for part, value in found.items() if value is not None}


def funding(row: Row, context: Context) -> Iterable[Record]:
    """The funding wallet, of this account or of the sub-account asked for."""
    asset = row.text("ccy")
    yield Balance(
        subject=asset,
        row=row.raw,
        owner=context.scope.owner,
        wallet="funding",
        asset=asset,
        amount=row.amount("bal"),
        held=held_parts(row, available="availBal", frozen="frozenBal"),
    )


TRADING_FIELDS = (
    text("ccy"),
    *(amount(name) for name in ("cashBal", "eq", "availBal", "frozenBal", "ordFrozen", "stgyEq")),
    *(amount(name) for name in ("smtSyncEq", "spotCopyTradingEq")),
    *(amount(name, always) for name in ("fixedBal", "rewardBal", "autoLendMtAmt")),
    *(amount(name, outside_modes("1", "3", "4")) for name in ("liab", "crossLiab", "interest", "borrowFroz")),
    *(amount(name, outside_modes("3", "4")) for name in ("isoLiab", "uplLiab")),
    *(amount(name, outside_modes("2", "3", "4")) for name in ("isoEq", "upl")),
    amount("spotIsoBal", outside_modes("1", "2")),
)
_LIABILITIES = {"cross": "crossLiab", "isolated": "isoLiab", "loss": "uplLiab", Part.INTEREST: "interest"}


_TRADING_PARTS = {
    Part.AVAILABLE: "availBal",
    Part.FROZEN: "frozenBal",
    Part.IN_ORDERS: "ordFrozen",
    Part.IN_BOTS: "stgyEq",
    Part.IN_SNIPER: "fixedBal",
    Part.IN_COPY_TRADING: "spotCopyTradingEq",
    "smart_sync": "smtSyncEq",
    "spot_lead_trading": "spotIsoBal",
    Part.LENT: "autoLendMtAmt",
    Part.EQUITY: "eq",
    "isolated": "isoEq",
    "profit": "upl",
    "frozen_by_borrowing": "borrowFroz",
}


def trading(row: Row, context: Context) -> Iterable[Record]:
    """The trading wallet: ``cashBal`` is the balance; the other figures overlap it, explain it or prove more."""
    asset = row.text("ccy")
    yield Balance(
        subject=asset,
        row=row.raw,
        owner=context.scope.owner,
        wallet="trading",
        asset=asset,
        amount=row.amount("cashBal"),
        held=held_parts(row, **_TRADING_PARTS),
        trial=row.amount_or_none("rewardBal"),
    )
    yield from _owed(row, context, asset)


def _owed(row: Row, context: Context, asset: str) -> Iterable[Record]:
    owed = row.amount_or_none("liab")
    figures = held_parts(row, **_LIABILITIES)
    if owed or any(figures.values()):
        yield Debt(
            subject=f"{asset}:debt",
            row=row.raw,
            owner=context.scope.owner,
            kind=i18n.mark("margin loan"),
            asset=asset,
            amount=owed or max(figures.values(), key=abs),
            held=figures,
            collateral=False,
        )


def non_tradable(row: Row, context: Context) -> Iterable[Record]:
    """An asset that can only be withdrawn, and the one network by which it can."""
    asset, chain = row.text("ccy"), row.hint("chain")
    yield Balance(
        subject=asset,
        row=row.raw,
        owner=context.scope.owner,
        wallet="funding",
        asset=asset,
        amount=row.amount("bal"),
        held={},
        tradable=False,
    )
    yield Network(
        subject=f"{asset}:{chain}",
        row={},
        asset=asset,
        chain=chain,
        can_withdraw=row.raw.get("canWd") is True,
        min_withdrawal=row.amount("bal") if row.raw.get("wdAll") is True else row.hint_amount("minWd"),
        fee=row.hint_amount("fee"),
        fee_asset=row.hint("feeCcy") or asset,
        can_send=False,
        min_send=None,
        reopens_at=None,
    )


WALLETS = ("funding", "trading", "earn", "classic")


def valuation(row: Row, _context: Context) -> Iterable[Record]:
    """OKX's estimate for each wallet type, in BTC, also for types that OKX does not document."""
    (details,) = row.rows("details")
    worth = {wallet: details.amount_or_none(wallet) for wallet in WALLETS}
    worth |= {wallet: _worth(wallet, value) for wallet, value in details.raw.items() if wallet not in WALLETS}
    if not any(worth.values()):
        worth |= {"total": row.amount("totalBal")}
    for wallet, value in worth.items():
        if value is not None:
            yield Valuation(subject=wallet, row=row.raw, wallet=wallet, amount=value, unit="BTC")


def _worth(wallet: str, value: object) -> Decimal:
    found = amounts.parse(value)
    if found is None:
        raise Malformed(i18n._("{name} is not an amount").format(name=wallet))
    return found


def valuation_rows(data: object) -> list[object]:
    """The single object of the answer, its ``details`` object as the one row of a list."""
    outer = single(data)[0]
    if not isinstance(outer, dict) or not isinstance(outer.get("details"), dict):
        raise Malformed(i18n._("details is not an object"))
    return [{**outer, "details": [outer["details"]]}]


def mark(row: Row, _context: Context) -> Iterable[Record]:
    """The newest entry of a ledger."""
    yield Mark(subject=row.text("billId"), row={})
