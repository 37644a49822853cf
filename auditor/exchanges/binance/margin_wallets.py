"""Binance: the cross and isolated margin wallets, with their loans."""

from collections.abc import Iterable

from auditor.exchanges.binance.errors import NO_MARGIN
from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.products import WITH_MARGIN
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.shared.readers import figures, total_worth
from auditor.i18n import mark
from auditor.model.amounts import total
from auditor.model.records import Area, Balance, Debt, Part, Record
from auditor.spec.fields import amount, inner, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import Surface, Total

MARGIN_ASSET = (
    text("asset"),
    amount("free"),
    amount("locked"),
    amount("borrowed"),
    amount("interest"),
    amount("netAsset"),
)


def _balance_and_debt(row: Row, context: Context, wallet: str, subject: str) -> Iterable[Record]:
    held = figures(row, {Part.AVAILABLE: "free", Part.IN_ORDERS: "locked"})
    owed = figures(row, {Part.INTEREST: "interest"})
    net = row.amount("netAsset")
    has_debt = bool(row.amount("borrowed") or any(owed.values()))
    seen = total(held.values())
    if not (row.is_understood("free") and row.is_understood("locked")):
        # The net amount is what is free and locked, less what is owed.
        seen = max(seen, net)
    # A net amount that neither holdings nor debts explain is a holding too.
    if any(held.values()) or (net and not has_debt):
        yield Balance(
            subject=subject,
            row=row.raw,
            owner=context.scope.owner,
            wallet=wallet,
            asset=row.text("asset"),
            amount=seen,
            held={**held, "net": net},
        )
    if has_debt:
        yield Debt(
            subject=f"{subject}:debt",
            row=row.raw,
            owner=context.scope.owner,
            kind=mark("margin loan"),
            asset=row.text("asset"),
            amount=row.amount("borrowed"),
            held=owed,
            collateral=False,
        )


@reads(*MARGIN_ASSET)
def cross(row: Row, context: Context) -> Iterable[Record]:
    """Read an asset of the cross margin wallet; Binance lists all assets, including empty ones."""
    yield from _balance_and_debt(row, context, "cross-margin", row.text("asset"))


CROSS_MARGIN = Surface(
    id="cross-margin",
    area=Area.BALANCES,
    title="Cross margin wallet",
    endpoint=documented(SAPI, "margin/account", sapi(10), rows=rows_in("userAssets")),
    reader=cross,
    total=Total(rows=object_row, reader=total_worth("cross-margin", "totalAssetOfBtc", "BTC")),
    never_used=NO_MARGIN,
    plan=WITH_MARGIN,
)


@reads(text("symbol"), inner("baseAsset", *MARGIN_ASSET), inner("quoteAsset", *MARGIN_ASSET))
def isolated(row: Row, context: Context) -> Iterable[Record]:
    """Read both assets of an isolated pair."""
    for side in ("baseAsset", "quoteAsset"):
        asset = row.inner(side)
        yield from _balance_and_debt(asset, context, "isolated-margin", f"{row.text('symbol')}:{asset.text('asset')}")


ISOLATED_MARGIN = Surface(
    id="isolated-margin",
    area=Area.BALANCES,
    title="Isolated margin wallets",
    endpoint=documented(SAPI, "margin/isolated/account", sapi(10), rows=rows_in("assets")),
    reader=isolated,
    total=Total(rows=object_row, reader=total_worth("isolated-margin", "totalAssetOfBtc", "BTC")),
    plan=WITH_MARGIN,
)

MARGIN_WALLETS = (CROSS_MARGIN, ISOLATED_MARGIN)
