"""Gate: the lists of an archive. Five ledgers print the balance after every change.

How far back they go is stated nowhere, and rows of another list vanished once (gateio/rest-v2#64), so that only a chain
back to nothing makes an archive complete. Rows are known by their content: ids are not documented to be one of a kind.
"""

from auditor.exchanges.gate.archive_lists.alpha import ALPHA_LISTS
from auditor.exchanges.gate.archive_lists.contracts import CONTRACT_LISTS
from auditor.exchanges.gate.archive_lists.earn import EARN_LISTS
from auditor.exchanges.gate.archive_lists.loans import LOAN_LISTS
from auditor.exchanges.gate.archive_lists.options import OPTION_LISTS
from auditor.exchanges.gate.archive_lists.spot import SPOT_LISTS
from auditor.exchanges.gate.errors import NEVER_OPENED
from auditor.exchanges.gate.history_kinds import (
    BTC_FUTURES,
    CONTRACT_KINDS,
    DELIVERY,
    FUTURES,
    OPTIONS,
    SPOT,
    SPOT_KINDS,
    TO_DELIVERY,
    TO_FUTURES,
    TO_OPTIONS,
    to_account,
)
from auditor.exchanges.gate.ledger_rows import (
    AMOUNT,
    COIN,
    MOMENT,
    account_rows,
    contract_entry,
    contract_rows,
    dated_rows,
    spot_entry,
    unsure_of,
)
from auditor.exchanges.gate.movement_lists import MOVEMENTS
from auditor.exchanges.gate.other_wallets import DERIVED, OTHERS, TOTAL
from auditor.exchanges.gate.sources import DOC, documented, months
from auditor.i18n import mark
from auditor.spec.endpoint import Numbered, Offset
from auditor.spec.fields import amount, required, text
from auditor.spec.history import History, WalletTransfer
from auditor.spec.ledger import Ledger, ShownBalances
from auditor.spec.paged_list import Reach, Single

UNCOUNTED = mark(
    "No page says whether Gate's ledger counts what is locked in orders, and what a unified account holds. Cancel open "
    "orders, and make the archive again once the account is as you will close it."
)
NOT_STATED = mark("how far is not documented")
# More rows of one time window are given to nobody: the window is then asked in halves.
PAGES = Numbered(number="page", limit="limit", size=1000, total=None, most=100_000)
SPOT_PAGE, FUTURES_PAGE = "Query spot account transaction history", "Query futures account change history"


SPOT_LEDGER = Ledger(
    id="spot-ledger",
    title=mark("Spot account"),
    wallet=SPOT,
    endpoint=documented("spot/account_book", SPOT_PAGE, rows=dated_rows, pages=PAGES, windows=months()),
    shown=ShownBalances(
        endpoint=documented("spot/accounts", "List spot trading accounts"), asset="currency", amount="available"
    ),
    reach=Reach(words=NOT_STATED, source=f"{DOC}, {SPOT_PAGE}"),
    fields=(*required(texts="currency", amounts="change balance"), text(MOMENT)),
    read=spot_entry,
    key="",
    time=MOMENT,
    unit="s",
    asset="currency",
    balance="balance",
    uncounted=UNCOUNTED,
)


def _contracts(
    wallet: str,
    title: str,
    coin: str,
    path: str,
    *,
    page: str = FUTURES_PAGE,
    pages: Offset | None = None,
    paging: Single | None = None,
) -> Ledger:
    """Return the ledger of an account for contracts. ``path``: before ``account_book`` and ``accounts``."""
    endpoint = documented(f"{path}/account_book", page, rows=contract_rows(coin), pages=pages, windows=months())
    return Ledger(
        id=f"{wallet}-ledger",
        title=title,
        wallet=wallet,
        endpoint=endpoint,
        shown=ShownBalances(
            endpoint=documented(f"{path}/accounts", "Get futures account", rows=account_rows), asset=COIN, amount=AMOUNT
        ),
        reach=Reach(words=NOT_STATED, source=f"{DOC}, {page}"),
        fields=(text(COIN), text("type"), amount("change"), amount("balance"), text(MOMENT)),
        read=contract_entry,
        key="",
        time=MOMENT,
        unit="s",
        asset=COIN,
        balance="balance",
        paging=paging,
        unused=NEVER_OPENED,
        uncounted=UNCOUNTED,
        unsure_of=unsure_of,
    )


USDT_LEDGER = _contracts(FUTURES, mark("Perpetual futures in USDT"), "USDT", "futures/usdt", pages=Offset(size=1000))
BTC_LEDGER = _contracts(BTC_FUTURES, mark("Perpetual futures in BTC"), "BTC", "futures/btc", pages=Offset(size=1000))
# Without pages: a window with as many rows as were asked for is asked in halves.
DELIVERY_LEDGER = _contracts(DELIVERY, mark("Delivery futures"), "USDT", "delivery/usdt", paging=Single(size=100))
OPTIONS_LEDGER = _contracts(
    OPTIONS, mark("Options account"), "USDT", "options", page="Query account change history", pages=Offset(size=100)
)
MOVED = frozenset({"dnw"})
TRANSFERS = (
    WalletTransfer(wallets=(SPOT, FUTURES), types=(to_account(TO_FUTURES, "USDT"), MOVED)),
    WalletTransfer(wallets=(SPOT, BTC_FUTURES), types=(to_account(TO_FUTURES, "BTC"), MOVED)),
    WalletTransfer(wallets=(SPOT, DELIVERY), types=(to_account(TO_DELIVERY, "USDT"), MOVED)),
    WalletTransfer(wallets=(SPOT, OPTIONS), types=(to_account(TO_OPTIONS, "USDT"), MOVED)),
)

HISTORY = History(
    ledgers=(SPOT_LEDGER, USDT_LEDGER, BTC_LEDGER, DELIVERY_LEDGER, OPTIONS_LEDGER),
    seconds=(*MOVEMENTS, *SPOT_LISTS, *CONTRACT_LISTS, *OPTION_LISTS, *EARN_LISTS, *LOAN_LISTS, *ALPHA_LISTS),
    transfers=TRANSFERS,
    kinds={SPOT: SPOT_KINDS, **dict.fromkeys((FUTURES, BTC_FUTURES, DELIVERY, OPTIONS), CONTRACT_KINDS)},
    derived=DERIVED,
    totals=TOTAL,
    others=OTHERS,
    remarks=(
        mark(
            "Gate does not say how far back its ledgers go. Compare the first day above with the day on which you "
            "opened the account; older rows can be in the billing export of its web site."
        ),
        mark(
            "Gate has no ledger of isolated margin, trading bots, copy trading and Earn: what went into them and came "
            "out is in the spot account's ledger. That of Alpha is kept without a proof (table products)."
        ),
        mark(
            "Gate lists trades of options for one underlying at a time: those are here whose premiums, fees or "
            "settlements are in the ledger of options."
        ),
    ),
)
