"""MEXC: the lists of an archive. Nothing prints a balance after a change: Spot and Futures are added up from nothing.

MEXC's API shows neither what lies in its other wallets nor what changed them, and no total: an archive is never
complete.
"""

from auditor.exchanges.mexc.archive_lists.beside import (
    FUTURES_ORDERS,
    OWN_REBATES,
    POSITIONS,
    REBATES,
    SPOT_ORDERS,
    STOP_ORDERS,
    TRIGGER_ORDERS,
)
from auditor.exchanges.mexc.archive_lists.fills import FILLS, SYMBOLS
from auditor.exchanges.mexc.archive_lists.futures import CONTRACTS, DEALS, FUNDING, FUTURES_TRANSFERS
from auditor.exchanges.mexc.archive_lists.listing import FUTURES, FUTURES_ROWS, SPOT, futures, spot
from auditor.exchanges.mexc.archive_lists.movements import (
    DEPOSITS,
    DUST,
    FROM_FUTURES,
    INTERNAL,
    TO_FUTURES,
    WITHDRAWALS,
)
from auditor.exchanges.mexc.errors import NO_FUTURES
from auditor.i18n import mark
from auditor.spec.history import History
from auditor.spec.ledger import ShownBalances
from auditor.spec.rows import rows_in
from auditor.spec.summed import SummedWallet

FROM_SPOT = (
    *(mark("buying and selling for money, P2P"), mark("Convert and Limit Convert"), mark("Earn and staking")),
    *(mark("Launchpool, Kickstarter and airdrops"), mark("loans"), mark("trading bots and copy trading")),
    *(mark("rebates and bonuses"), mark("transfers from other users"), mark("transfers to and from sub-accounts")),
    *(mark("DEX+ and other wallets"), mark("pairs that MEXC no longer names")),
    mark("coins that were renamed or replaced"),
)
"""What changes Spot and is in no list here, or in one that does not say how."""
FROM_FUTURES_ACCOUNT = (
    *(mark("the profit of open positions"), mark("trial funds and bonuses"), mark("copy trading and bots")),
    *(mark("interest and conversions of the multi-asset mode"), mark("contracts that none of these lists names")),
    mark("liquidations and what the insurance fund paid"),
)
"""The same of Futures, whose amount shown is all that it is worth now."""

HISTORY = History(
    ledgers=(),
    seconds=(
        *(SYMBOLS, CONTRACTS, SPOT_ORDERS, FUTURES_ORDERS, TRIGGER_ORDERS, STOP_ORDERS),
        *(POSITIONS, REBATES, OWN_REBATES),
    ),
    summed=(
        SummedWallet(
            wallet=SPOT,
            title=mark("Spot account"),
            shown=ShownBalances(
                endpoint=spot("account", 10, rows=rows_in("balances")), asset="asset", amount="free", more=("locked",)
            ),
            elsewhere=FROM_SPOT,
        ),
        SummedWallet(
            wallet=FUTURES,
            title=mark("Futures account"),
            shown=ShownBalances(
                endpoint=futures("account/assets", pagination=None, rows=FUTURES_ROWS),
                asset="currency",
                amount="equity",
                none_by=frozenset({NO_FUTURES}),
            ),
            elsewhere=FROM_FUTURES_ACCOUNT,
            may_owe=True,
        ),
    ),
    changes=(
        *(FILLS, DEPOSITS, WITHDRAWALS, TO_FUTURES, FROM_FUTURES, INTERNAL, DUST),
        *(FUTURES_TRANSFERS, DEALS, FUNDING),
    ),
    missing=(
        mark(
            "MEXC's API shows neither what is in its other wallets (fiat, Earn, copy trading, DEX+) nor what changed "
            "them. Look there, and export on www.mexc.com what it keeps."
        ),
    ),
    remarks=(
        mark(
            "MEXC's site exports more than its API gives: of spot trades the last 540 days (its API documentation, "
            "November 2025). Export what is older than these lists before you close the account."
        ),
        mark("The row of a transfer to another user names both users, and does not say which of them this account is."),
        mark("Orders of spot symbols without a trade in the last month are not part of this archive."),
    ),
    contracts=r"^[A-Z0-9]+_[A-Z0-9]+$",
)
