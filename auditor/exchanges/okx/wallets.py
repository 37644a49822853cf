"""OKX: its wallets, and their totals as a cross-check."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from auditor.exchanges.okx import services
from auditor.exchanges.okx.debts import WALLETS_WITH_DEBTS
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.shared.readers import FieldOrName, amount_or_seen, balance, figures, strict_amounts, total_worth
from auditor.i18n import _, mark
from auditor.model import amounts
from auditor.model.records import Area, Balance, Debt, Part, Record
from auditor.model.reference_data import Network, Valuation
from auditor.spec.blanks import (
    Blank,
    blank_if_any,
    blank_outside_modes,
    blank_where_sum,
    blank_without_borrowing,
    proved_outside_modes,
)
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.fields import Field, MalformedError, amount, optional_amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in_single, single_row
from auditor.spec.surface import Surface, Total

funding_balance = balance(wallet="funding", asset="ccy", amount="bal", available="availBal", frozen="frozenBal")
FUNDING = Surface(
    id="funding",
    area=Area.BALANCES,
    title="Funding wallet",
    endpoint=Endpoint(path="asset/balances", limit=Limit(6, 1), source=f"{DOC}, Funding account, Get balance"),
    reader=funding_balance,
)

# The account modes that have a figure: 1 spot, 2 futures, 3 multi-currency margin, 4 portfolio margin.
BORROWING, MARGIN, DERIVATIVES, LEAD_TRADING = ("1", "3", "4"), ("3", "4"), ("2", "3", "4"), ("1", "2")
# As on the documentation's own body: the equity is the cash, what is in bots, and unrealised profit.
EXPLAINED = blank_where_sum(
    "eq", "cashBal", "stgyEq", "upl", nothing=("isoEq", "spotCopyTradingEq", "smtSyncEq", "spotIsoBal")
)
# Real accounts in spot mode leave out every debt, whatever the documentation of the mode says.
NO_DEBT = blank_if_any(proved_outside_modes(*BORROWING), blank_without_borrowing, EXPLAINED)
NO_MARGIN_DEBT = blank_if_any(proved_outside_modes(*MARGIN), NO_DEBT)
DEBTS_ELSEWHERE = ("borrowing",)


def _figure(name: str, modes: tuple[str, ...], *proofs: Blank, settled_by: tuple[str, ...] = ()) -> Field:
    """Declare an amount that only these account modes have; ``proofs``: what else proves that it holds nothing."""
    proved = blank_if_any(proved_outside_modes(*modes), *proofs)
    return amount(name, blank_outside_modes(*modes), proved_blank=proved, settled_by=settled_by)


_PARTS: Mapping[str, FieldOrName] = {
    # Part of the cash balance, which is reported itself: a blank in margin rows hides nothing.
    Part.AVAILABLE: optional_amount("availBal"),
    Part.FROZEN: "frozenBal",
    Part.IN_ORDERS: "ordFrozen",
    Part.IN_BOTS: "stgyEq",
    Part.IN_SNIPER: optional_amount("fixedBal"),
    Part.IN_COPY_TRADING: "spotCopyTradingEq",
    "smart_sync": "smtSyncEq",
    "spot_lead_trading": _figure("spotIsoBal", LEAD_TRADING),
    Part.LENT: optional_amount("autoLendMtAmt"),
    Part.EQUITY: "eq",
    # No part of the equity, so that nothing in the row explains a blank.
    "isolated": _figure("isoEq", DERIVATIVES),
    "profit": _figure("upl", DERIVATIVES, EXPLAINED),
    "frozen_by_borrowing": _figure("borrowFroz", BORROWING, NO_DEBT, settled_by=DEBTS_ELSEWHERE),
}
LIABILITY = _figure("liab", BORROWING, NO_DEBT, settled_by=DEBTS_ELSEWHERE)
_LIABILITIES: Mapping[str, FieldOrName] = {
    "cross": _figure("crossLiab", BORROWING, NO_DEBT, settled_by=DEBTS_ELSEWHERE),
    "isolated": _figure("isoLiab", MARGIN, NO_MARGIN_DEBT, settled_by=DEBTS_ELSEWHERE),
    "loss": _figure("uplLiab", MARGIN, NO_MARGIN_DEBT, settled_by=DEBTS_ELSEWHERE),
    Part.INTEREST: _figure("interest", BORROWING, NO_DEBT, settled_by=DEBTS_ELSEWHERE),
}


# A balance below zero is the debt that these show, the first that has it.
SHOW_DEBTS = (WALLETS_WITH_DEBTS, ("borrowing",), ("one-click-repay",), ("one-click-repay-v2",))


# Figures of the whole account beside its total, in USD, of which any shows that there is something.
EQUITIES = ("adjEq", "availEq", "isoEq", "imr", "mmr", "ordFroz", "borrowFroz", "notionalUsd", "upl")


@reads(
    text("ccy"),
    amount("cashBal"),
    optional_amount("rewardBal"),
    LIABILITY,
    *strict_amounts(*_PARTS.values()),
    *strict_amounts(*_LIABILITIES.values()),
)
def trading_balance(row: Row, context: Context) -> Iterable[Record]:
    """Read an asset in the trading wallet, and the debt in it.

    ``cashBal`` is the balance; the other figures overlap it, explain it or prove more.
    """
    asset, held = row.text("ccy"), figures(row, _PARTS)
    yield Balance(
        subject=asset,
        row=row.raw,
        owner=context.scope.owner,
        wallet="trading",
        asset=asset,
        amount=amount_or_seen(row, "cashBal", held),
        held=held,
        trial=row.amount_or_none("rewardBal"),
        same_as=SHOW_DEBTS,
    )
    yield from _margin_loan(row, context, asset)


def _margin_loan(row: Row, context: Context, asset: str) -> Iterable[Record]:
    liability = row.amount_or_none("liab")
    liabilities = figures(row, _LIABILITIES)
    if liability or any(liabilities.values()):
        yield Debt(
            subject=f"{asset}:debt",
            row=row.raw,
            owner=context.scope.owner,
            kind=mark("margin loan"),
            asset=asset,
            amount=liability or max(liabilities.values(), key=abs),
            held=liabilities,
            collateral=False,
        )


TRADING_TOTAL = Total(rows=single_row, reader=total_worth("trading", "totalEq", "USD", *EQUITIES))
TRADING = Surface(
    id="trading",
    area=Area.BALANCES,
    title="Trading wallet",
    endpoint=Endpoint(
        path="account/balance",
        limit=Limit(10, 2),
        rows=rows_in_single("details"),
        source=f"{DOC}, Trading account, Get balance",
    ),
    reader=trading_balance,
    services=services.TRADING,
    total=TRADING_TOTAL,
)


@reads(text("ccy"), amount("bal"))
def non_tradable_asset(row: Row, context: Context) -> Iterable[Record]:
    """Read an asset that can only be withdrawn, and its only network."""
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


NON_TRADABLE = Surface(
    id="non-tradable",
    area=Area.BALANCES,
    title="Non-tradable assets",
    endpoint=Endpoint(
        path="asset/non-tradable-assets",
        limit=Limit(6, 1),
        source=f"{DOC}, Funding account, Get non-tradable assets",
    ),
    reader=non_tradable_asset,
)

WALLET_TYPES = ("funding", "trading", "earn", "classic")


@reads(
    amount("totalBal"),
    rows("details", amount("funding"), amount("trading"), amount("earn"), optional_amount("classic")),
)
def valuation(row: Row, _context: Context) -> Iterable[Record]:
    """Read OKX's estimate for each wallet type, in BTC, also for undocumented types."""
    (details,) = row.rows("details")
    worth = {wallet: details.amount_or_none(wallet) for wallet in WALLET_TYPES}
    worth |= {wallet: _worth(wallet, value) for wallet, value in details.raw.items() if wallet not in WALLET_TYPES}
    if not any(worth.values()):
        worth |= {"total": row.amount("totalBal")}
    for wallet, value in worth.items():
        if value is not None:
            yield Valuation(subject=wallet, row=row.raw, wallet=wallet, amount=value, unit="BTC")


def _worth(wallet: str, value: object) -> Decimal:
    worth = amounts.parse(value)
    if worth is None:
        raise MalformedError(_("{name} is not an amount").format(name=wallet))
    return worth


def valuation_rows(data: object) -> list[object]:
    """Return the single object of the answer, its ``details`` object as the one row of a list."""
    outer = single_row(data)[0]
    if not isinstance(outer, dict) or not isinstance(outer.get("details"), dict):
        raise MalformedError(_("details is not an object"))
    return [{**outer, "details": [outer["details"]]}]


VALUATION = Surface(
    id="valuation",
    area=Area.BALANCES,
    title="Asset valuation (cross-check)",
    endpoint=Endpoint(
        path="asset/asset-valuation",
        limit=Limit(1, 1),
        rows=valuation_rows,
        source=f"{DOC}, Funding account, Get account asset valuation",
    ),
    reader=valuation,
)

WALLETS = (FUNDING, TRADING, NON_TRADABLE, VALUATION)
