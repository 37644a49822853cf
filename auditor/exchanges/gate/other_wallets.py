"""Gate: wallets without a ledger, as far as the spot account's shows what went in and came out; and what is in all."""

from collections.abc import Iterator

from auditor.exchanges.gate.history_kinds import LENT, MARGIN, SPOT
from auditor.exchanges.gate.sources import SELDOM, TOTALS, documented
from auditor.i18n import _, mark
from auditor.spec.fields import MalformedError
from auditor.spec.history import DerivedWallet
from auditor.spec.ledger import ShownBalances
from auditor.spec.rows import list_rows, object_row
from auditor.spec.summed import WalletTotals

CLASSIC = "classic"
NOT_UNIFIED = frozenset({"INVALID_UNIFIED_ACCOUNT", "UNIFIED_ACCOUNT_NOT_ACTIVATED"})
"""Labels that answer who asks for the unified account of a classic one, as public programs of 2026 have met them."""
WALLET, AMOUNT, OWED = "wallet", "amount", "owed"
NOTHING_ACCRUED = ""
"""No field of the answer says what was earned."""


def margin_rows(data: object) -> list[object]:
    """Return both coins of each isolated margin account, with what is owed below zero."""
    return [coin for row in list_rows(data) for coin in _coins(row)]


def _coins(row: object) -> Iterator[object]:
    for side in ("base", "quote"):
        coin = row.get(side) if isinstance(row, dict) else None
        if not isinstance(coin, dict):
            raise MalformedError(_("{name} is not {kind}").format(name=side, kind=_("an object")))
        yield {**coin, **{f"{name}_{OWED}": _below_zero(coin.get(name)) for name in ("borrowed", "interest")}}


def _below_zero(amount: object) -> object:
    return f"-{amount}" if isinstance(amount, str) else amount


def unified_rows(data: object) -> list[object]:
    """Return the coins of a unified account; a classic account has none, nor has one that the exchange says is none."""
    account = object_row(data)[0]
    is_classic = isinstance(account, dict) and (account.get("mode") == CLASSIC or account.get("label") in NOT_UNIFIED)
    return [] if is_classic else _named_rows(account, "balances")


def total_rows(data: object) -> list[object]:
    """Return the parts of the account, each with its worth."""
    return _named_rows(object_row(data)[0], "details")


def _named_rows(account: object, name: str) -> list[object]:
    """Return the objects within an object, each with the name that it has there."""
    found = account.get(name) if isinstance(account, dict) else None
    if not isinstance(found, dict):
        raise MalformedError(_("{name} is not {kind}").format(name=name, kind=_("an object")))
    return [{**row, WALLET: key} if isinstance(row, dict) else row for key, row in found.items()]


MARGIN_WALLET = DerivedWallet(
    id="isolated-margin",
    title=mark("Isolated margin"),
    beside=SPOT,
    types=MARGIN,
    shown=ShownBalances(
        endpoint=documented("margin/user/account", "Query user's isolated margin account list", rows=margin_rows),
        asset="currency",
        amount="available",
        more=("locked", f"borrowed_{OWED}", f"interest_{OWED}"),
        several=True,
    ),
    accrued=NOTHING_ACCRUED,
)
LENDING = DerivedWallet(
    id="simple-earn",
    title=mark("Simple Earn (flexible)"),
    beside=SPOT,
    types=LENT,
    shown=ShownBalances(
        endpoint=documented(
            "earn/uni/lends", "EarnUni, Query user's lending order list", limit=SELDOM, asking={"limit": "100"}
        ),
        asset="currency",
        amount="amount",
        several=True,
    ),
    accrued=NOTHING_ACCRUED,
)
# No ledger is documented as this account's: what is in it keeps an archive from being complete.
UNIFIED = DerivedWallet(
    id="unified",
    title=mark("Unified account"),
    beside=SPOT,
    types=frozenset(),
    shown=ShownBalances(
        endpoint=documented("unified/accounts", "Get unified account information", limit=SELDOM, rows=unified_rows),
        asset=WALLET,
        amount="equity",
        none_by=NOT_UNIFIED,
    ),
    accrued=NOTHING_ACCRUED,
)
DERIVED = (MARGIN_WALLET, LENDING, UNIFIED)
TOTAL = WalletTotals(
    shown=ShownBalances(
        endpoint=documented(
            "wallet/total_balance",
            "Query personal account totals",
            limit=TOTALS,
            rows=total_rows,
            asking={"currency": "USDT"},
        ),
        asset=WALLET,
        amount=AMOUNT,
    ),
    here=frozenset({"spot", "futures", "delivery", "options"}),
)
OTHERS = {
    "cross_margin": mark("cross margin"),
    "margin": mark("isolated margin"),
    "finance": mark("Earn (finance)"),
    "quant": mark("trading bots (quant)"),
    "warrant": mark("warrants"),
    "cbbc": mark("bull and bear contracts (CBBC)"),
    "meme_box": mark("Alpha"),
    "payment": mark("Pay (payment)"),
}
