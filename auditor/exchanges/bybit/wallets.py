"""Bybit: the unified account, the funding account, and wallets that older accounts still have."""

from collections.abc import Iterable, Mapping, Sequence

from auditor.exchanges.bybit.errors import SOME_ACCOUNTS
from auditor.exchanges.bybit.identity import UNIFIED_MODES
from auditor.exchanges.bybit.sources import asking, documented
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.exchanges.shared.readers import (
    FieldOrName,
    amount_or_seen,
    balance,
    figures,
    strict_amounts,
    total_worth,
)
from auditor.i18n import _, mark
from auditor.model.records import Area, Balance, Part, Record
from auditor.model.reference_data import Product
from auditor.spec.blanks import always_blank, blank_where_sum
from auditor.spec.endpoint import Limit
from auditor.spec.fields import MalformedError, amount, optional_amount, text, texts
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import list_rows, rows_in, rows_in_single
from auditor.spec.surface import AppliesTo, RequestPlan, Surface, Total

UNIFIED_ACCOUNTS = AppliesTo(modes=UNIFIED_MODES)
# The identity of a row, of the documentation: equity = walletBalance - spotBorrow + unrealisedPnl + option value.
NO_ROOM = blank_where_sum("equity", "walletBalance", "unrealisedPnl")
BORROWING_ELSEWHERE = ("borrowing",)
# Rows of coins that cannot be borrowed leave the interest blank: where the row shows no debt either, there is none.
NO_DEBT = blank_where_sum("equity", "walletBalance", "unrealisedPnl", nothing=("borrowAmount", "spotBorrow"))
_PARTS: Mapping[str, FieldOrName] = {
    # Part of the balance, which is reported; older rows lack it.
    Part.FROZEN: optional_amount("locked"),
    Part.EQUITY: optional_amount("equity"),
    Part.LIABILITY: amount("borrowAmount", proved_blank=NO_ROOM, settled_by=BORROWING_ELSEWHERE),
    Part.INTEREST: amount("accruedInterest", proved_blank=NO_DEBT),
    mark("borrowed for spot"): optional_amount("spotBorrow"),
    mark("hedged"): optional_amount("spotHedgingQty"),
    mark("margin of orders"): optional_amount("totalOrderIM"),
    mark("margin of positions"): optional_amount("totalPositionIM"),
    "profit": optional_amount("unrealisedPnl"),
}


def coin_rows(data: object) -> list[object]:
    """Return the coins of the one account in an answer."""
    return rows_in_single("coin")(rows_in("list")(data))


def account_row(data: object) -> list[object]:
    """Return the one account in an answer, with its totals."""
    return rows_in("list")(data)


@reads(text("coin"), amount("walletBalance"), optional_amount("bonus"), *strict_amounts(*_PARTS.values()))
def unified_coin(row: Row, _context: Context) -> Iterable[Record]:
    """Read a coin of the unified account; of a debt alone its balance is below zero. A bonus cannot be withdrawn."""
    asset, held = row.text("coin"), figures(row, _PARTS)
    yield Balance(
        subject=asset,
        row=row.raw,
        wallet="unified",
        asset=asset,
        amount=amount_or_seen(row, "walletBalance", held),
        held=held,
        trial=row.amount_or_none("bonus"),
    )


UNIFIED_TOTAL = Total(
    rows=account_row,
    reader=total_worth(
        "unified", "totalWalletBalance", "USD", "totalEquity", "totalMarginBalance", "totalInitialMargin"
    ),
)
UNIFIED = Surface(
    id="unified",
    area=Area.BALANCES,
    title="Unified trading account",
    endpoint=documented(
        "v5/account/wallet-balance",
        "Account, Get Wallet Balance",
        Limit(50, 1),
        asking(accountType="UNIFIED"),
        rows=coin_rows,
    ),
    reader=unified_coin,
    applies_to=UNIFIED_ACCOUNTS,
    total=UNIFIED_TOTAL,
    right="Unified Trading: Orders, Positions",
)

COINS_BALANCE, COINS_PAGE = "v5/asset/transfer/query-account-coins-balance", "Asset, Get All Coins Balance"
WALLET_RIGHT = "Wallet: Account Transfer"


FUNDING = Surface(
    id="funding",
    area=Area.BALANCES,
    title="Funding account",
    endpoint=documented(COINS_BALANCE, COINS_PAGE, Limit(5, 1), asking(accountType="FUND"), rows=rows_in("balance")),
    reader=balance(
        wallet="funding",
        asset="coin",
        amount="walletBalance",
        # Part of the balance, which is reported.
        available=amount("transferBalance", always_blank),
        bonus=amount("bonus", always_blank),
    ),
    right=WALLET_RIGHT,
)


CLASSIC, UNIFIED_WALLET = "classic", "UNIFIED"
INVERSE_WALLETS = ("CONTRACT",)


def wallet_lists(data: object) -> list[object]:
    """Return the lists of wallets in an answer. Every account has a wallet: none at all is no list of them."""
    lists = rows_in("accounts")(data)
    if not any(isinstance(one, dict) and one.get("accountType") for one in lists):
        raise MalformedError(_("no wallet is named")).beside(lists)
    return lists


@reads(texts("accountType"))
def wallet_types(row: Row, _context: Context) -> Iterable[Record]:
    """Read which wallets the account has. A classic one has no unified wallet, which is then not read.

    One before UTA 2.0 has its inverse contracts in a wallet of their own (Account Modes), named or not.
    """
    names = row.texts("accountType")
    if row.setup.mode == CLASSIC and UNIFIED_WALLET in names:
        raise MalformedError(_("a classic account has a unified wallet"))
    for name in dict.fromkeys((*names, *(INVERSE_WALLETS if row.setup.mode == "uta1" else ()))):
        yield Product(subject=name, row={}, name=name, enabled=True)


WALLET_TYPES = Surface(
    id="wallet-types",
    area=Area.BALANCES,
    title="Which wallets there are",
    endpoint=documented("v5/user/get-member-type", "User, Get UID Wallet Type", Limit(10, 1), rows=wallet_lists),
    reader=wallet_types,
    value=False,
)
# Wallets with a request of their own.
READ_BY_THEMSELVES = frozenset({UNIFIED_WALLET, "FUND"})


def _other_wallets(readings: Readings) -> Sequence[Scope]:
    """Plan one request for each further wallet: an upgrade to the unified account may leave one behind."""
    names = {record.name: None for record in records_in(readings, "wallet-types") if isinstance(record, Product)}
    return [Scope(params={"accountType": name}) for name in names if name not in READ_BY_THEMSELVES]


@reads(text("coin"), amount("walletBalance"), amount("transferBalance", always_blank))
def other_coin(row: Row, context: Context) -> Iterable[Record]:
    """Read a coin of a wallet of the classic account."""
    wallet, held = context.scope.params["accountType"], figures(row, {Part.AVAILABLE: "transferBalance"})
    yield Balance(
        subject=f"{wallet}:{row.text('coin')}",
        row=row.raw,
        wallet=wallet,
        asset=row.text("coin"),
        amount=amount_or_seen(row, "walletBalance", held),
        held=held,
    )


OTHER_WALLETS = Surface(
    id="other-wallets",
    area=Area.BALANCES,
    title="Wallet of the classic account",
    endpoint=documented(COINS_BALANCE, COINS_PAGE, Limit(5, 1), rows=rows_in("balance")),
    reader=other_coin,
    plan=RequestPlan(after=("wallet-types",), scopes=_other_wallets),
    right=WALLET_RIGHT,
)

FIAT = Surface(
    id="fiat",
    area=Area.BALANCES,
    title="Fiat balance of brokers",
    endpoint=documented("v5/fiat/balance-query", "Asset, Fiat Convert, Query Balance", rows=list_rows),
    reader=balance(
        wallet="fiat",
        asset="currency",
        amount="totalBalance",
        frozen="frozenBalance",
        available=optional_amount("balance"),
    ),
    manual_check=SOME_ACCOUNTS,
    right="Fiat Convert Broker",
)

WALLETS = (UNIFIED, FUNDING, WALLET_TYPES, OTHER_WALLETS, FIAT)
