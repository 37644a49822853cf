"""Coinbase: the lists of an archive. No list shows a balance after a change: transactions of all wallets are added up.

Coinbase's list of transactions was seen to lack rows of three coins of a real account (June 2026), so that a difference
is a question to Coinbase and contradicts nothing here.
"""

from auditor.exchanges.coinbase.archive_lists import FIAT, FILLS, ORDERS
from auditor.exchanges.coinbase.archive_wallets import PORTFOLIO_LIST, SHOWN, TOTALS, WALLET_LIST, WALLETS
from auditor.exchanges.coinbase.history_kinds import OTHERS
from auditor.exchanges.coinbase.transactions import TRANSACTIONS
from auditor.i18n import mark
from auditor.spec.history import History
from auditor.spec.summed import SummedWallet

ELSEWHERE = (
    mark("transactions that Coinbase's own list leaves out"),
    mark("commissions listed beside the amounts of fills"),
    mark("what rows of fiat money leave out below a cent"),
    mark("amounts on hold"),
)
"""What may change a wallet and is in no list here."""

HISTORY = History(
    ledgers=(),
    seconds=(WALLET_LIST, FILLS, *FIAT, ORDERS),
    summed=(SummedWallet(wallet=WALLETS, title=mark("Wallets and vaults"), shown=SHOWN, elsewhere=ELSEWHERE),),
    changes=(TRANSACTIONS, PORTFOLIO_LIST),
    totals=TOTALS,
    others=OTHERS,
    remarks=(
        mark("Coinbase writes no balance after a transaction: an archive of it is at best complete by sums."),
        mark("The key sees orders and fills of its own portfolio only."),
        mark(
            "Futures in the United States, international derivatives, Coinbase Pro, stocks and the Web3 wallet have no "
            "list here. Look for their statements on Coinbase's site, and for a report of all transactions."
        ),
    ),
)
