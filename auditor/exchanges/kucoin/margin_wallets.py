"""KuCoin: the cross and isolated margin accounts, with their loans.

Two margin accounts stand behind each path (old and high frequency); only ``queryType=ALL`` shows both.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from auditor.exchanges.kucoin.errors import NO_MARGIN
from auditor.exchanges.kucoin.sites import V3, spot
from auditor.exchanges.kucoin.sources import documented, queries
from auditor.exchanges.shared.readers import amount_or_seen, figures
from auditor.i18n import _, mark
from auditor.model.records import Area, Balance, Debt, Part, Record, Restriction
from auditor.model.reference_data import Valuation
from auditor.spec.fields import Row, amount, inner, optional_amount, text
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import Surface, Total

CROSS, ISOLATED = "cross-margin", "isolated-margin"
ASSET = (
    text("currency"),
    amount("total"),
    amount("available"),
    amount("hold"),
    amount("liability"),
    optional_amount("liabilityPrincipal"),
    optional_amount("liabilityInterest"),
)
# EFFECTIVE and CLEAR: nothing is wrong; DEBT: something is owed, which the debt itself says.
QUIET = frozenset({"", "EFFECTIVE", "CLEAR", "DEBT"})


def _balance_and_debt(row: Row, wallet: str, subject: str) -> Iterable[Record]:
    held = figures(row, {Part.AVAILABLE: "available", Part.IN_ORDERS: "hold"})
    whole = amount_or_seen(row, "total", held)
    if whole or any(held.values()):
        yield Balance(subject=subject, row=row.raw, wallet=wallet, asset=row.text("currency"), amount=whole, held=held)
    owed = figures(row, {"principal": "liabilityPrincipal", Part.INTEREST: "liabilityInterest"})
    liability = amount_or_seen(row, "liability", owed)
    if liability or any(owed.values()):
        yield Debt(
            subject=f"{subject}:debt",
            row=row.raw,
            kind=mark("margin loan"),
            asset=row.text("currency"),
            amount=liability,
            held=owed,
            collateral=False,
        )


def _trouble(row: Row, subject: str) -> Iterable[Record]:
    state = row.hint("status")
    if state not in QUIET:
        message = _("the margin account {account} is in state {state}").format(account=subject, state=state)
        yield Restriction(subject=f"{subject}:status", row={"status": state}, code=state, message=message)


@reads(*ASSET)
def cross(row: Row, _context: Context) -> Iterable[Record]:
    """Read a currency of the cross margin account, with its loan."""
    yield from _balance_and_debt(row, CROSS, row.text("currency"))


@reads(text("symbol"), inner("baseAsset", *ASSET), inner("quoteAsset", *ASSET))
def isolated(row: Row, _context: Context) -> Iterable[Record]:
    """Read both currencies of an isolated margin pair, with their loans."""
    yield from _trouble(row, row.text("symbol"))
    for side in ("baseAsset", "quoteAsset"):
        asset = row.inner(side)
        yield from _balance_and_debt(asset, ISOLATED, f"{row.text('symbol')}:{asset.text('currency')}")


def margin_total(wallet: str) -> Reader:
    """Read KuCoin's own total of a margin account: its assets, or its debts where there are none.

    KuCoin values by prices of its own, so the total counts only where no row shows anything.
    """

    @reads(amount("totalAssetOfQuoteCurrency"), amount("totalLiabilityOfQuoteCurrency"))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        assets, debts = row.amount("totalAssetOfQuoteCurrency"), row.amount("totalLiabilityOfQuoteCurrency")
        worth: Decimal = assets or debts
        evidence = {name: row.raw.get(name) for name in ("totalAssetOfQuoteCurrency", "totalLiabilityOfQuoteCurrency")}
        yield Valuation(subject=f"total:{wallet}", row=evidence, wallet=wallet, amount=worth, unit="USDT", rough=True)
        yield from _trouble(row, wallet)

    return read


def _margin(name: str, title: str, path: str, selector: Callable[[object], list[object]], reader: Reader) -> Surface:
    return Surface(
        id=name,
        area=Area.BALANCES,
        title=title,
        endpoint=documented(V3, path, spot(15), queries=queries("queryType", "ALL"), rows=selector),
        reader=reader,
        total=Total(rows=object_row, reader=margin_total(name)),
        never_used=NO_MARGIN,
    )


MARGIN_WALLETS = (
    _margin(CROSS, "Cross margin account", "margin/accounts", rows_in("accounts"), cross),
    _margin(ISOLATED, "Isolated margin accounts", "isolated/accounts", rows_in("assets"), isolated),
)
