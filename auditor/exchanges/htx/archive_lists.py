"""HTX: the lists beside its ledgers: transfers, deposits and withdrawals show a part over again, the others explain it.

How a transfer, deposit or withdrawal is booked is not documented: of one that no ledger shows an archive says so, and
calls it no contradiction.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import timedelta
from functools import partial

from auditor.exchanges.htx.accounts import SPOT_WALLET, HtxAccount
from auditor.exchanges.htx.history_kinds import PAID_IN, PAID_OUT
from auditor.exchanges.htx.listed_rows import deposit, fill, loan, order, repayment, transfer, withdrawal
from auditor.exchanges.htx.sources import DOC, documented, pages_by_id, windows_of
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Endpoint, Limit
from auditor.spec.fields import amount, optional_amount, text, time
from auditor.spec.ledger import LedgerEntry
from auditor.spec.paged_list import Reach, Single
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList

TWO_DAYS = windows_of(timedelta(days=2))
EDGE = timedelta(days=1)
"""By which lists are asked for less than they give: the edge moves while they are read."""
TRANSFERS_BACK, FILLS_BACK, ORDERS_BACK = timedelta(days=180), timedelta(days=120), timedelta(days=180)
LOANS_BACK = timedelta(days=61)
BORROWED = frozenset({"credit", "interest"})


def amount_mark(entry: LedgerEntry) -> Hashable:
    """Return coin and change: all that a row of a ledger surely has in common with another list."""
    return entry.asset, entry.change


def _reach(words: str, page: str, back: timedelta | None = None) -> Reach:
    return Reach(words=words, source=f"{DOC}, {page}", back=back)


def transfers_of(account: HtxAccount, wallets: Mapping[str, str]) -> SecondList:
    """Return the transfers of an account. ``wallets``: those of all accounts, by their ids."""
    return SecondList(
        id=f"transfers-{account.id}",
        title=mark("Transfers between accounts"),
        wallet=account.wallet,
        endpoint=documented(
            "v2/account/ledger",
            "Get Account Ledger",
            # No limit is stated.
            Limit(5, 2),
            params={"accountId": account.id, "transactTypes": "transfer"},
            back=TRANSFERS_BACK - EDGE,
            pages=pages_by_id("fromId", "limit", 500),
            windows=windows_of(timedelta(days=10), "startTime", "endTime"),
        ),
        reach=_reach(mark("the last 180 days"), "Get Account Ledger", TRANSFERS_BACK - EDGE),
        # Its transactId is 0 in HTX's own example.
        key="",
        time="transactTime",
        ordered=False,
        fields=(text("currency"), amount("transactAmt"), time("transactTime")),
        read=partial(transfer, wallets),
        table="transfers",
        mark=amount_mark,
        perhaps={account.wallet: None},
        given={"accountId": account.id},
    )


def _movements(kind: str, title: str, read: Callable[[Row], ListedRow], types: frozenset[str]) -> SecondList:
    page = "Search for Existed Withdraws and Deposits"
    return SecondList(
        id=f"{kind}s",
        title=title,
        wallet=SPOT_WALLET,
        endpoint=documented(
            "v1/query/deposit-withdraw",
            page,
            Limit(20, 2),
            params={"type": kind, "direct": "next"},
            # The most that one of the two pages about it names.
            pages=Cursor(cursor="from", key="id", size=50, limit="size"),
        ),
        reach=_reach(mark("without a stated limit"), page),
        key="id",
        time="created-at",
        fields=(text("id"), text("currency"), amount("amount"), text("state"), time("created-at")),
        read=read,
        table="movements",
        mark=amount_mark,
        perhaps={SPOT_WALLET: types},
    )


def _explaining(listed: str, title: str, endpoint: Endpoint, reach: Reach, **more: object) -> SecondList:
    values = {"wallet": SPOT_WALLET, "key": "id", "time": "created-at", "ordered": False, "explains": True, **more}
    return SecondList(id=listed, title=title, endpoint=endpoint, reach=reach, **values)  # type: ignore[arg-type]


DEPOSITS = _movements("deposit", mark("Deposits"), deposit, PAID_IN)
WITHDRAWALS = _movements("withdraw", mark("Withdrawals"), withdrawal, PAID_OUT)
FILLS = _explaining(
    "fills",
    mark("Trades"),
    documented(
        "v1/order/matchresults",
        "Search Match Results",
        Limit(20, 2),
        back=FILLS_BACK - EDGE,
        windows=TWO_DAYS,
    ),
    _reach(mark("the last 120 days"), "Search Match Results", FILLS_BACK - EDGE),
    paging=Single(limit="size", size=500),
    fields=(
        *(text(name) for name in ("id", "symbol", "order-id", "type")),
        *(amount(name) for name in ("price", "filled-amount", "filled-fees")),
        time("created-at"),
    ),
    read=fill,
    table="fills",
)
ORDERS = _explaining(
    "orders",
    mark("Orders"),
    documented(
        "v1/order/history",
        "Search Historical Orders within 48 Hours",
        Limit(20, 2),
        back=ORDERS_BACK - EDGE,
        windows=TWO_DAYS,
    ),
    _reach(mark("the last 180 days"), "Search Historical Orders within 48 Hours", ORDERS_BACK - EDGE),
    paging=Single(limit="size", size=1000),
    fields=(text("id"), text("symbol"), text("type"), text("state"), time("created-at")),
    read=order,
    table="orders",
)
"""One that was cancelled through the API is gone after two hours."""


def _loans(listed: str, title: str, path: str, limit: Limit, kind: str) -> SecondList:
    page = "Search Past Margin Orders"
    return _explaining(
        listed,
        title,
        documented(path, page, limit, pages=Cursor(cursor="from", key="id", size=100, limit="size")),
        _reach(mark("the last 61 days"), page, LOANS_BACK),
        fields=(text("id"), text("currency"), amount("loan-amount"), text("state"), time("created-at")),
        read=partial(loan, kind),
        table="products",
    )


MARGIN_LOANS = _loans(
    "margin-loans", mark("Loans on isolated margin"), "v1/margin/loan-orders", Limit(100, 2), "isolated margin"
)
CROSS_LOANS = _loans(
    "cross-margin-loans", mark("Loans on cross margin"), "v1/cross-margin/loan-orders", Limit(2, 2), "cross margin"
)
REPAYMENTS = _explaining(
    "repayments",
    mark("Repayments of loans"),
    documented(
        "v2/account/repayment",
        "Repayment Record Reference",
        Limit(2, 2),
        pages=pages_by_id("fromId", "limit", 100),
    ),
    _reach(mark("how far is not documented"), "Repayment Record Reference"),
    key="repayId",
    time="repayTime",
    fields=(text("repayId"), text("currency"), optional_amount("repaidAmount"), time("repayTime")),
    read=repayment,
    table="products",
)
SHARED_LISTS = (DEPOSITS, WITHDRAWALS, FILLS, ORDERS)
LOAN_LISTS = (MARGIN_LOANS, CROSS_LOANS, REPAYMENTS)
