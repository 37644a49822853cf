"""KuCoin: the lists of an archive. The funding and the trading account are added up, for the year that KuCoin gives.

Nothing says when an account was opened, so that no archive of one is complete. KuCoin has no export that an API makes.
"""

from collections.abc import Callable

from auditor.exchanges.kucoin.archive_lists.account_ledger import LEDGER, WALLETS
from auditor.exchanges.kucoin.archive_lists.before_2019 import BEFORE_2019_LISTS
from auditor.exchanges.kucoin.archive_lists.contracts import FUTURES_LEDGER, MARGIN_LEDGER, POSITIONS
from auditor.exchanges.kucoin.archive_lists.fills import FILLS
from auditor.exchanges.kucoin.archive_lists.listing import MAIN, OTHERS, TRADE
from auditor.exchanges.kucoin.archive_lists.margin import MARGIN_LISTS
from auditor.exchanges.kucoin.archive_lists.movements import MOVEMENTS, TRANSFERS
from auditor.exchanges.kucoin.archive_lists.orders import ORDER_LISTS
from auditor.exchanges.kucoin.archive_lists.trading_ledger import TRADING_LEDGER
from auditor.exchanges.kucoin.archive_lists.unified_ledger import UNIFIED, UNIFIED_LEDGER
from auditor.exchanges.kucoin.sites import V1, management
from auditor.exchanges.kucoin.sources import documented
from auditor.i18n import _, mark
from auditor.spec.fields import MalformedError
from auditor.spec.history import History
from auditor.spec.ledger import ShownBalances
from auditor.spec.rows import list_rows
from auditor.spec.summed import SummedWallet, WalletTotals

ELSEWHERE = (mark("coins that were renamed or replaced"),)


def rows_of_wallet(wallet: str) -> Callable[[object], list[object]]:
    """Select the rows of one wallet in the list of accounts. Raises MalformedError for one without a type."""

    def select(data: object) -> list[object]:
        return [row for row in list_rows(data) if WALLETS.get(_type_of(row)) == wallet]

    return select


def _type_of(row: object) -> str:
    found = row.get("type") if isinstance(row, dict) else None
    if not isinstance(found, str) or not found:
        raise MalformedError(_("{name} is missing").format(name="type"))
    return found.upper()


def _wallet(wallet: str, title: str) -> SummedWallet:
    shown = ShownBalances(
        endpoint=documented(V1, "accounts", management(5), rows=rows_of_wallet(wallet)),
        asset="currency",
        amount="balance",
        # Trading accounts of the old kind and of high frequency may stand side by side.
        several=True,
    )
    return SummedWallet(wallet=wallet, title=title, shown=shown, elsewhere=ELSEWHERE, begins_late=True)


TOTALS = WalletTotals(
    # What is added up are coins of all kinds: it only tells whether anything is there.
    shown=ShownBalances(
        endpoint=documented(V1, "accounts", management(5)), asset="type", amount="balance", several=True
    ),
    here=frozenset({"main", "trade", "trade_hf"}),
)

HISTORY = History(
    ledgers=(),
    seconds=(*MOVEMENTS, *FILLS, POSITIONS, *ORDER_LISTS, *MARGIN_LISTS, *BEFORE_2019_LISTS),
    transfers=TRANSFERS,
    summed=(_wallet(MAIN, mark("Funding account")), _wallet(TRADE, mark("Trading account"))),
    changes=(LEDGER, TRADING_LEDGER, MARGIN_LEDGER, FUTURES_LEDGER, UNIFIED_LEDGER),
    totals=TOTALS,
    others={**OTHERS, UNIFIED: mark("Unified account, of which KuCoin gives the last 7 days")},
    missing=(
        mark(
            "KuCoin gives its ledger for the last year and does not say when an account was opened, nor whether that "
            "ledger has every trade that is older than 7 days. Export the account history of all years on KuCoin's "
            "site before you close."
        ),
    ),
    remarks=(
        mark(
            "The ledgers of margin, futures and unified accounts are kept as KuCoin gives them (table products), "
            "without a proof. Those of options, bots and sub-accounts are not part of this archive."
        ),
        mark(
            "What was borrowed and repaid in isolated margin is in the ledger alone: KuCoin lists it for one coin of "
            "one pair at a time."
        ),
        mark(
            "KuCoin gives spot trades pair by pair, for 7 days. Older ones are in the ledger: what was given, what was "
            "received and the fee, each a row, with the trade's number."
        ),
    ),
)
