"""Binance: the wallets of futures, options and portfolio margin."""

from collections.abc import Iterable, Mapping

from auditor.exchanges.binance.errors import NO_PORTFOLIO_MARGIN, REFUSED_TO_READERS
from auditor.exchanges.binance.limits import DAPI, EAPI, FAPI_3, PAPI, SAPI, dapi, eapi, fapi, papi, sapi
from auditor.exchanges.binance.products import WITH_FUTURES, WITH_OPTIONS, WITH_PORTFOLIO_MARGIN
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.shared.readers import amount_or_seen, balance, figures, total_worth, with_fields
from auditor.i18n import mark
from auditor.model.records import Area, Balance, Debt, Part, Record
from auditor.spec.blanks import always_blank
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import Surface, Total


def futures(wallet: str) -> Reader:
    """Read an asset of a futures wallet.

    The maximum withdrawal includes other assets, so it proves nothing.
    """
    held = balance(
        wallet=wallet,
        asset="asset",
        amount="walletBalance",
        equity="marginBalance",
        profit="unrealizedProfit",
        cross="crossWalletBalance",
        margin="initialMargin",
    )
    return with_fields(held, amount("maintMargin"), amount("maxWithdrawAmount"))


USD_M = Surface(
    id="usd-m",
    area=Area.BALANCES,
    title="USD-M futures wallet",
    endpoint=documented(FAPI_3, "account", fapi(5), rows=rows_in("assets")),
    reader=futures("usd-m"),
    total=Total(rows=object_row, reader=total_worth("usd-m", "totalWalletBalance", "USD")),
    plan=WITH_FUTURES,
)
COIN_M = Surface(
    id="coin-m",
    area=Area.BALANCES,
    title="COIN-M futures wallet",
    endpoint=documented(DAPI, "account", dapi(5), rows=rows_in("assets")),
    reader=futures("coin-m"),
    plan=WITH_FUTURES,
)
OPTIONS = Surface(
    id="options",
    area=Area.BALANCES,
    title="Options wallet",
    endpoint=documented(EAPI, "marginAccount", eapi(3), rows=rows_in("asset")),
    reader=balance(
        wallet="options",
        asset="asset",
        amount="marginBalance",
        equity="equity",
        available="available",
        margin="initialMargin",
        profit="unrealizedPNL",
    ),
    plan=WITH_OPTIONS,
)

_PORTFOLIO_PARTS: Mapping[str, str] = {
    "cross": "crossMarginAsset",
    Part.AVAILABLE: "crossMarginFree",
    Part.IN_ORDERS: "crossMarginLocked",
    "usd_m": "umWalletBalance",
    "usd_m_profit": "umUnrealizedPNL",
    "coin_m": "cmWalletBalance",
    "coin_m_profit": "cmUnrealizedPNL",
    "options": "optionWalletBalance",
    "options_equity": "optionEquity",
}
_PORTFOLIO_DEBTS = {
    "borrowed": "crossMarginBorrowed",
    "interest": "crossMarginInterest",
    "negative": "negativeBalance",
}


def portfolio(wallet: str) -> Reader:
    """Read an asset of a portfolio margin account, with the debt in it."""

    @reads(
        text("asset"),
        amount("totalWalletBalance"),
        amount("crossMarginAsset", always_blank),
        amount("crossMarginBorrowed", always_blank),
        amount("crossMarginFree", always_blank),
        amount("crossMarginInterest", always_blank),
        amount("crossMarginLocked", always_blank),
        amount("umWalletBalance", always_blank),
        amount("umUnrealizedPNL", always_blank),
        amount("cmWalletBalance", always_blank),
        amount("cmUnrealizedPNL", always_blank),
        amount("negativeBalance", always_blank),
        optional_amount("optionWalletBalance"),
        optional_amount("optionEquity"),
    )
    def read(row: Row, _context: Context) -> Iterable[Record]:
        asset, held = row.text("asset"), figures(row, _PORTFOLIO_PARTS)
        whole = amount_or_seen(row, "totalWalletBalance", held)
        yield Balance(subject=asset, row=row.raw, wallet=wallet, asset=asset, amount=whole, held=held)
        yield from _portfolio_debt(row, asset)

    return read


def _portfolio_debt(row: Row, asset: str) -> Iterable[Record]:
    owed = figures(row, _PORTFOLIO_DEBTS)
    if any(owed.values()):
        yield Debt(
            subject=f"{asset}:debt",
            row=row.raw,
            kind=mark("portfolio margin loan"),
            asset=asset,
            amount=owed.get("borrowed"),
            held=owed,
            collateral=False,
        )


PORTFOLIO_MARGIN = Surface(
    id="portfolio-margin",
    area=Area.BALANCES,
    title="Portfolio margin account",
    endpoint=documented(PAPI, "balance", papi(20)),
    reader=portfolio("portfolio-margin"),
    plan=WITH_PORTFOLIO_MARGIN,
)
PORTFOLIO_MARGIN_PRO = Surface(
    id="portfolio-margin-pro",
    area=Area.BALANCES,
    title="Portfolio Margin Pro",
    endpoint=documented(SAPI, "portfolio/balance", sapi(20)),
    reader=portfolio("portfolio-margin-pro"),
    never_used=NO_PORTFOLIO_MARGIN,
    manual_check=REFUSED_TO_READERS,
)

FUTURES_WALLETS = (USD_M, COIN_M, OPTIONS, PORTFOLIO_MARGIN, PORTFOLIO_MARGIN_PRO)
