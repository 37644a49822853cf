"""Binance: the lists of an archive. No list shows a balance after a change: wallets are added up from nothing.

Its exports (``.../asyn``) are none of it, though they are GET: each makes a job, of which an account has few a month.
"""

from dataclasses import replace

from auditor.exchanges.binance.archive_lists.conversions import CONVERSIONS, DISTRIBUTIONS, DUST, REBATES
from auditor.exchanges.binance.archive_lists.derivatives import DERIVATIVE_LISTS
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
from auditor.exchanges.binance.archive_lists.futures import FUTURES_LISTS
from auditor.exchanges.binance.archive_lists.income import COIN_M_INCOME, NOT_GIVEN, USD_M_INCOME
from auditor.exchanges.binance.archive_lists.listing import COIN_M, FUNDING, OF_BOTH, OTHERS, SPOT, USD_M
from auditor.exchanges.binance.archive_lists.margin import MARGIN_LISTS
from auditor.exchanges.binance.archive_lists.movements import DEPOSITS, TRANSFERS, WITHDRAWALS
from auditor.exchanges.binance.archive_lists.orders import ORDERS
from auditor.exchanges.binance.archive_lists.products import LOAN_LISTS, REWARD_LISTS
from auditor.exchanges.binance.archive_lists.staking import STAKING
from auditor.exchanges.binance.archive_lists.sub_accounts import SUB_ACCOUNTS, SUB_TRANSFERS
from auditor.exchanges.binance.asset_codes import SIMPLE_EARN_SHARE
from auditor.exchanges.binance.envelope import error_code
from auditor.exchanges.binance.futures_wallets import COIN_M as COIN_M_WALLET
from auditor.exchanges.binance.futures_wallets import USD_M as USD_M_WALLET
from auditor.exchanges.binance.wallet_totals import VALUATION
from auditor.exchanges.binance.wallets import ASSET_PARTS
from auditor.exchanges.binance.wallets import FUNDING as FUNDING_WALLET
from auditor.exchanges.binance.wallets import SPOT as SPOT_WALLET
from auditor.i18n import mark
from auditor.spec.history import History
from auditor.spec.ledger import ShownBalances
from auditor.spec.rows import rows_in
from auditor.spec.summed import FiledWallet, SummedWallet, WalletTotals
from auditor.spec.surface import Surface

ELSEWHERE = (
    *(mark("transfers to sub-accounts that no longer exist"), mark("transfers to isolated margin"), mark("gift cards")),
    *(mark("mining"), mark("NFT"), mark("Launchpad and Launchpool"), mark("what loans paid in and out")),
    *(mark("Auto-Invest"), mark("Dual Investment"), mark("Binance Card"), mark("pairs that Binance no longer names")),
    mark("coins that were renamed or replaced"),
)
"""What changes a wallet and is in no list here, or in one that does not say how."""


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
    by_name = {"USDⓈ-M Futures": USD_M, "COIN-M Futures": COIN_M}
    return WalletTotals(shown=shown, here=frozenset({"Spot", "Funding"}), by_name=by_name)


def _asset_rows(data: object) -> list[object]:
    """Return the assets of a futures wallet; there is none where Binance refuses to show it to this key."""
    refusal = error_code(data)
    return [] if refusal is not None and refusal[0] in NOT_GIVEN else rows_in("assets")(data)


def _futures(wallet: str, title: str, surface: Surface, advice: str = "") -> SummedWallet:
    if surface.endpoint is None:
        raise ValueError(surface.id)
    return SummedWallet(
        wallet=wallet,
        title=title,
        shown=ShownBalances(
            endpoint=replace(surface.endpoint, rows=_asset_rows),
            asset="asset",
            amount="walletBalance",
            none_by=frozenset(NOT_GIVEN),
        ),
        elsewhere=(mark("what Binance does not list as income"),),
        may_owe=True,
        paid_in=True,
        advice=advice,
    )


EARN, ISOLATED_MARGIN = "earn", "isolated-margin"
FILED = (
    FiledWallet(wallet="MARGIN", title=OTHERS["MARGIN"], total="Cross Margin", may_owe=True),
    FiledWallet(wallet=ISOLATED_MARGIN, title=OTHERS[ISOLATED_MARGIN], total="Isolated Margin", may_owe=True),
    FiledWallet(wallet="OPTION", title=OTHERS["OPTION"], total="Options", may_owe=True),
    FiledWallet(wallet=EARN, title=mark("Earn"), total="Earn", inside=True),
)
"""Wallets whose changes stand in the statement of Binance's site, and in no list of the API's."""

HISTORY = History(
    ledgers=(),
    seconds=(
        SYMBOLS,
        ORDERS,
        *FUTURES_LISTS,
        *MARGIN_LISTS,
        SUB_ACCOUNTS,
        REWARDS,
        LOCKED_REWARDS,
        *REWARD_LISTS,
        *LOAN_LISTS,
        *DERIVATIVE_LISTS,
    ),
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
        _futures(
            USD_M,
            mark("USDⓈ-M Futures"),
            USD_M_WALLET,
            mark(
                "Binance's API gives its income of three months. Export what is older on binance.com before you close "
                "the account."
            ),
        ),
        _futures(COIN_M, mark("COIN-M Futures"), COIN_M_WALLET),
    ),
    changes=(
        *(FILLS, DEPOSITS, WITHDRAWALS, TRANSFERS, FIAT_ORDERS, PAYMENTS, P2P, PAY, CONVERSIONS, DUST, DISTRIBUTIONS),
        *(
            *STAKING,
            *SUB_TRANSFERS,
            USD_M_INCOME,
            COIN_M_INCOME,
            REBATES,
            SUBSCRIPTIONS,
            REDEMPTIONS,
            LOCKED_SUBSCRIPTIONS,
            LOCKED_REDEMPTIONS,
        ),
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
        mark(
            "Orders are asked for in every pair in which this account traded. Binance keeps those that were cancelled "
            "without a fill for 90 days; those of other pairs are not part of this archive."
        ),
    ),
)
