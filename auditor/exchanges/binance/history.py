"""Binance: the lists of an archive. No list shows a balance after a change: Spot and Funding are added up from nothing.

Its exports (``.../asyn``) are none of it, though they are GET: each makes a job, of which an account has few a month.
"""

from auditor.exchanges.binance.archive_lists.conversions import CONVERSIONS, DISTRIBUTIONS, DUST, REBATES
from auditor.exchanges.binance.archive_lists.earn import (
    FLEXIBLE_WALLET,
    LOCKED_REDEMPTIONS,
    LOCKED_REWARDS,
    LOCKED_SUBSCRIPTIONS,
    LOCKED_WALLET,
    REDEMPTIONS,
    REWARDS,
    SUBSCRIPTIONS,
)
from auditor.exchanges.binance.archive_lists.fiat import FIAT_ORDERS, P2P, PAY, PAYMENTS
from auditor.exchanges.binance.archive_lists.fills import FILLS, SYMBOLS
from auditor.exchanges.binance.archive_lists.listing import FUNDING, OF_BOTH, OTHERS, SPOT
from auditor.exchanges.binance.archive_lists.movements import DEPOSITS, TRANSFERS, WITHDRAWALS
from auditor.exchanges.binance.asset_codes import SIMPLE_EARN_SHARE
from auditor.exchanges.binance.wallet_totals import VALUATION
from auditor.exchanges.binance.wallets import ASSET_PARTS
from auditor.exchanges.binance.wallets import FUNDING as FUNDING_WALLET
from auditor.exchanges.binance.wallets import SPOT as SPOT_WALLET
from auditor.i18n import mark
from auditor.spec.history import History
from auditor.spec.ledger import ShownBalances
from auditor.spec.summed import FiledWallet, SummedWallet, WalletTotals
from auditor.spec.surface import Surface

ELSEWHERE = (
    *(mark("transfers to sub-accounts"), mark("transfers to isolated margin"), mark("gift cards"), mark("mining")),
    *(mark("NFT"), mark("Launchpad and Launchpool"), mark("loans"), mark("Auto-Invest"), mark("Dual Investment")),
    *(mark("staking of ETH and SOL"), mark("On-chain Yields"), mark("BFUSD and RWUSD"), mark("Binance Card")),
    *(mark("pairs that Binance no longer names"), mark("coins that were renamed or replaced")),
)
"""What changes a wallet and is in no list here."""


def is_own(asset: str) -> bool:
    """Return whether a code is a coin in its wallet, not its share in Simple Earn."""
    return SIMPLE_EARN_SHARE.coin_of(asset) is None


def _shown(wallet: Surface) -> ShownBalances:
    if wallet.endpoint is None:
        raise ValueError(wallet.id)
    first, *more = ASSET_PARTS.values()
    return ShownBalances(endpoint=wallet.endpoint, asset="asset", amount=first, more=tuple(more), is_here=is_own)


def _totals() -> WalletTotals:
    if VALUATION.endpoint is None:
        raise ValueError(VALUATION.id)
    shown = ShownBalances(endpoint=VALUATION.endpoint, asset="walletName", amount="balance")
    return WalletTotals(shown=shown, here=frozenset({"Spot", "Funding"}))


EARN, ISOLATED_MARGIN = "earn", "isolated-margin"
FILED = (
    FiledWallet(wallet="UMFUTURE", title=OTHERS["UMFUTURE"], total="USDⓈ-M Futures", may_owe=True),
    FiledWallet(wallet="CMFUTURE", title=OTHERS["CMFUTURE"], total="COIN-M Futures", may_owe=True),
    FiledWallet(wallet="MARGIN", title=OTHERS["MARGIN"], total="Cross Margin", may_owe=True),
    FiledWallet(wallet=ISOLATED_MARGIN, title=mark("Isolated Margin"), total="Isolated Margin", may_owe=True),
    FiledWallet(wallet="OPTION", title=OTHERS["OPTION"], total="Options", may_owe=True),
    FiledWallet(wallet=EARN, title=mark("Earn"), total="Earn", inside=True),
)
"""Wallets whose changes stand in the statement of Binance's site, and in no list of the API's."""

HISTORY = History(
    ledgers=(),
    seconds=(SYMBOLS, REWARDS, LOCKED_REWARDS),
    summed=(
        SummedWallet(
            wallet=SPOT,
            title=mark("Spot wallet"),
            shown=_shown(SPOT_WALLET),
            elsewhere=ELSEWHERE,
            group=OF_BOTH,
        ),
        SummedWallet(
            wallet=FUNDING,
            title=mark("Funding wallet"),
            shown=_shown(FUNDING_WALLET),
            elsewhere=ELSEWHERE,
            group=OF_BOTH,
        ),
    ),
    changes=(
        *(FILLS, DEPOSITS, WITHDRAWALS, TRANSFERS, FIAT_ORDERS, PAYMENTS, P2P, PAY, CONVERSIONS, DUST, DISTRIBUTIONS),
        *(REBATES, SUBSCRIPTIONS, REDEMPTIONS, LOCKED_SUBSCRIPTIONS, LOCKED_REDEMPTIONS),
    ),
    filed=FILED,
    derived=(FLEXIBLE_WALLET, LOCKED_WALLET),
    totals=_totals(),
    others=OTHERS,
    remarks=(
        mark(
            "Binance writes the time of a withdrawal without a zone. It is kept beside the row as it came, and read as "
            "UTC where rows are put in order."
        ),
        mark("Binance does not say out of which of the two wallets a conversion was paid: Spot is assumed."),
        mark("Binance keeps what was cancelled without a fill for 90 days. Orders are not part of this archive."),
    ),
)
