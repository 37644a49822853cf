"""Binance: the totals of all wallets.

They are a cross-check of the wallets that have their own request, and the only evidence of the others.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.binance.wallets import ASSET, ASSET_PARTS
from auditor.exchanges.shared.readers import figures
from auditor.i18n import _, mark
from auditor.model.amounts import total
from auditor.model.records import Area, Bot, Record
from auditor.model.reference_data import Valuation
from auditor.spec.endpoint import Query
from auditor.spec.fields import MalformedError, amount, optional_rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import list_rows
from auditor.spec.surface import Surface

# The wallets that have their own request: Binance's name, this program's name.
NAMES = {
    "Spot": "spot",
    "Funding": "funding",
    "Cross Margin": "cross-margin",
    "Cross Margin (PM)": "portfolio-margin",
    "Isolated Margin": "isolated-margin",
    "USDⓈ-M Futures": "usd-m",
    "USDⓈ-M Futures (PM)": "portfolio-margin",
    "COIN-M Futures": "coin-m",
    "COIN-M Futures (PM)": "portfolio-margin",
    "Options": "options",
    "Earn": "earn",
}
# Names of wallets without a request, as real accounts have shown them.
WALLET_KINDS = {"Trading Bots": mark("trading bot wallet"), "Copy Trading": mark("copy trading wallet")}
TOTALS = (text("walletName"), amount("balance"), optional_rows("assetBalances", *ASSET))


def total_rows(data: object) -> list[object]:
    """Return a row for each wallet.

    Every account has a spot wallet: an answer without one is incomplete.
    """
    rows = list_rows(data)
    if not any(isinstance(row, dict) and row.get("walletName") == "Spot" for row in rows):
        raise MalformedError(_("the spot wallet is missing")).beside(rows)
    return rows


@reads(*TOTALS)
def valuation(row: Row, _context: Context) -> Iterable[Record]:
    """Read Binance's estimate, in BTC, of a wallet that has its own request."""
    name = row.text("walletName")
    if name in NAMES:
        yield Valuation(subject=name, row=row.raw, wallet=NAMES[name], amount=row.amount("balance"), unit="BTC")


VALUATION = Surface(
    id="valuation",
    area=Area.BALANCES,
    title="Wallet totals (cross-check)",
    endpoint=documented(
        SAPI,
        "asset/wallet/balance",
        sapi(60),
        queries=(Query(params={"quoteAsset": "BTC"}),),
        rows=total_rows,
    ),
    reader=valuation,
)


@reads(*TOTALS)
def without_request(row: Row, _context: Context) -> Iterable[Record]:
    """Read a wallet that has no request of its own.

    Trading bots, copy trading, and any wallet that is not documented yet.
    """
    name = row.text("walletName")
    if name in NAMES:
        return
    for asset in row.rows("assetBalances"):
        held = figures(asset, ASSET_PARTS)
        if any(held.values()):
            yield _wallet_funds(row, name, f"{name}:{asset.text('asset')}", total(held.values()), asset.text("asset"))
    if row.amount("balance"):
        worth = _wallet_funds(row, name, name, row.amount("balance"), "BTC")
        yield replace(worth, worth=True, same_as=(("wallets-without-request",),))


def _wallet_funds(row: Row, wallet: str, subject: str, figure: Decimal, asset: str) -> Bot:
    return Bot(
        subject=subject,
        row=row.raw,
        kind=WALLET_KINDS.get(wallet, wallet),
        state="",
        market=None,
        assets=(asset,),
        amount=figure,
        asset=asset,
        copies="Copy" in wallet,
        total=True,
    )


WALLETS_WITHOUT_REQUEST = Surface(
    id="wallets-without-request",
    area=Area.BOTS,
    title="Trading bot and copy trading wallets (only their total can be read)",
    endpoint=documented(
        SAPI,
        "asset/wallet/balance",
        sapi(60),
        queries=(Query(params={"quoteAsset": "BTC", "needBalanceDetail": "true"}),),
        rows=total_rows,
    ),
    reader=without_request,
)
