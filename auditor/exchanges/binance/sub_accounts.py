"""Binance: sub-accounts, as the key of their main account sees them."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from urllib.parse import quote

from auditor.exchanges.binance.errors import SOME_ACCOUNTS
from auditor.exchanges.binance.limits import SAPI, SAPI_2, SAPI_4, sapi, uid
from auditor.exchanges.binance.sources import DOC, SEEN, documented
from auditor.exchanges.binance.wallets import wallet
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.exchanges.shared.readers import balance
from auditor.model.records import Area, Balance, Part, Record, SubAccount
from auditor.spec.endpoint import Endpoint, Numbered, Query
from auditor.spec.fields import amount, flag, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import AppliesTo, NeverUsed, RequestPlan, Surface

MAIN_ACCOUNTS = AppliesTo(kinds=frozenset({"main"}))
# Their list answers with -8012, the other requests also with -9000, which means other things elsewhere.
_OFF = "Sub-accounts are not switched on for this account."
NO_LIST = NeverUsed(codes={"-8012": _OFF})
NO_SUB_ACCOUNTS = NeverUsed(codes={"-8012": _OFF, "-9000": _OFF})
PAGES_OF_20 = Numbered(number="page", limit="limit", size=20, total=None)


@reads(text("email"), text("subUserId"), flag("isFreeze"))
def sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """Read a sub-account, frozen or not."""
    yield SubAccount(
        subject=row.text("email"),
        row=row.raw,
        name=row.text("email"),
        uid=row.text("subUserId"),
        frozen=row.flag("isFreeze"),
        frozen_functions=(),
    )


LIST = Surface(
    id="subaccounts",
    area=Area.SUBACCOUNTS,
    title="Sub-accounts",
    endpoint=Endpoint(
        path="sub-account/list",
        site=SAPI,
        limit=sapi(1),
        pagination=Numbered(number="page", limit="limit", size=200, total=None),
        rows=rows_in("subAccounts"),
        source=f"{DOC}, Sub-account, Query Sub-account List; the code: {SEEN}",
    ),
    reader=sub_account,
    applies_to=MAIN_ACCOUNTS,
    never_used=NO_LIST,
)


def _scopes(readings: Readings, surface: str) -> Sequence[Scope]:
    names = {record.name: None for record in records_in(readings, surface) if isinstance(record, SubAccount)}
    # ccxt does not encode the parameters of sub-account requests, so a plus sign would become a blank.
    return [Scope(owner=name, params={"email": quote(name, safe="@")}) for name in names]


def _each_sub_account(readings: Readings) -> Sequence[Scope] | None:
    """Plan a request for each sub-account; None when their list was not read."""
    return None if is_unread(readings) else _scopes(readings, "subaccounts")


SPOT = Surface(
    id="subaccount-spot",
    area=Area.SUBACCOUNTS,
    title="Sub-account: spot wallet",
    endpoint=documented(SAPI_4, "sub-account/assets", uid(60), rows=rows_in("balances")),
    reader=wallet("spot"),
    applies_to=MAIN_ACCOUNTS,
    never_used=NO_SUB_ACCOUNTS,
    plan=RequestPlan(after=("subaccounts",), scopes=_each_sub_account),
)


def wallet_worth(name: str, *, unit: str, equity: str, beside: str, part: str) -> Reader:
    """Read the value of a sub-account's wallet: Binance shows the main account no details.

    ``equity``, ``beside``: the fields of its value and of one further figure, which is its part ``part``.
    """

    @reads(text("email"), amount(equity), amount(beside))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Balance(
            subject=f"{name}:{row.text('email')}",
            row=row.raw,
            owner=row.text("email"),
            wallet=name,
            asset=unit,
            amount=Decimal(0),
            held={Part.EQUITY: row.amount(equity), part: row.amount(beside)},
            tradable=False,
        )

    return read


MARGIN = Surface(
    id="subaccount-margin",
    area=Area.SUBACCOUNTS,
    title="Sub-accounts: margin wallets",
    endpoint=documented(SAPI, "sub-account/margin/accountSummary", sapi(10), rows=rows_in("subAccountList")),
    reader=wallet_worth(
        "margin", unit="BTC", equity="totalAssetOfBtc", beside="totalLiabilityOfBtc", part=Part.LIABILITY
    ),
    applies_to=MAIN_ACCOUNTS,
    never_used=NO_SUB_ACCOUNTS,
)


def summary_rows_in(answer: str) -> Callable[[object], list[object]]:
    """Select the rows of summary ``answer``.

    Binance omits the summary of the other kind of futures, or sends null.
    """

    def rows(data: object) -> list[object]:
        (outer,) = object_row(data)
        return rows_in("subAccountList")(outer.get(answer) if isinstance(outer, dict) else None)

    return rows


USD_M = Surface(
    id="subaccount-usd-m",
    area=Area.SUBACCOUNTS,
    title="Sub-accounts: USD-M futures wallets",
    endpoint=documented(
        SAPI_2,
        "sub-account/futures/accountSummary",
        sapi(10),
        queries=(Query(params={"futuresType": "1"}),),
        pagination=PAGES_OF_20,
        rows=summary_rows_in("futureAccountSummaryResp"),
    ),
    reader=wallet_worth(
        "usd-m", unit="USD", equity="totalMarginBalance", beside="totalWalletBalance", part="wallet_balance"
    ),
    applies_to=MAIN_ACCOUNTS,
    never_used=NO_SUB_ACCOUNTS,
)
COIN_M = Surface(
    id="subaccount-coin-m",
    area=Area.SUBACCOUNTS,
    title="Sub-accounts: COIN-M futures wallets",
    endpoint=documented(
        SAPI_2,
        "sub-account/futures/accountSummary",
        sapi(10),
        queries=(Query(params={"futuresType": "2"}),),
        pagination=PAGES_OF_20,
        rows=summary_rows_in("deliveryAccountSummaryResp"),
    ),
    reader=wallet_worth(
        "coin-m", unit="BTC", equity="totalMarginBalance", beside="totalWalletBalance", part="wallet_balance"
    ),
    applies_to=MAIN_ACCOUNTS,
    never_used=NO_SUB_ACCOUNTS,
)


@reads(text("email"), text("managersubUserId"))
def managed_sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """Read a sub-account that a trading team manages for this account."""
    yield SubAccount(
        subject=row.text("email"),
        row=row.raw,
        name=row.text("email"),
        uid=row.text("managersubUserId"),
        frozen=False,
        frozen_functions=(),
    )


MANAGED_LIST = Surface(
    id="managed-subaccounts",
    area=Area.SUBACCOUNTS,
    title="Managed sub-accounts",
    endpoint=documented(
        SAPI, "managed-subaccount/info", uid(60), pagination=PAGES_OF_20, rows=rows_in("managerSubUserInfoVoList")
    ),
    reader=managed_sub_account,
    applies_to=MAIN_ACCOUNTS,
    never_used=NO_SUB_ACCOUNTS,
    manual_check=SOME_ACCOUNTS,
)


def _each_managed(readings: Readings) -> Sequence[Scope]:
    """Plan a request for each managed sub-account that was read.

    A refusal of their list has a reading of its own.
    """
    return _scopes(readings, "managed-subaccounts")


MANAGED_ASSETS = Surface(
    id="managed-subaccount-assets",
    area=Area.SUBACCOUNTS,
    title="Managed sub-account: assets",
    endpoint=documented(SAPI, "managed-subaccount/asset", sapi(1)),
    reader=balance(
        wallet="managed", asset="coin", amount="totalBalance", available="availableBalance", in_orders="inOrder"
    ),
    applies_to=MAIN_ACCOUNTS,
    never_used=NO_SUB_ACCOUNTS,
    plan=RequestPlan(after=("managed-subaccounts",), scopes=_each_managed),
)

SUB_ACCOUNTS = (LIST, SPOT, MARGIN, USD_M, COIN_M, MANAGED_LIST, MANAGED_ASSETS)
