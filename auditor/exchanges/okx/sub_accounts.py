"""OKX: sub-accounts, as the key of their main account sees them."""

from collections.abc import Iterable, Sequence

from auditor.exchanges.okx.lists import AFTER_TIME
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.okx.wallets import TRADING_TOTAL, funding_balance, trading_balance
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.model.records import ApiKey, Area, Record, SubAccount
from auditor.spec.endpoint import Endpoint, Limit, Query
from auditor.spec.fields import flag, text, texts, time
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import rows_in_single
from auditor.spec.surface import AppliesTo, RequestPlan, Surface

MAIN_ACCOUNTS = AppliesTo(kinds=frozenset({"main"}))


@reads(text("subAcct"), text("uid"), flag("enable"), texts("frozenFunc"), time("ts"))
def sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """Read a sub-account, frozen (``enable`` false) or not."""
    yield SubAccount(
        subject=row.text("subAcct"),
        row=row.raw,
        name=row.text("subAcct"),
        uid=row.text("uid"),
        frozen=not row.flag("enable"),
        frozen_functions=row.texts("frozenFunc"),
    )


SUB_ACCOUNT_LIST = Surface(
    id="subaccounts",
    area=Area.SUBACCOUNTS,
    title="Sub-accounts",
    endpoint=Endpoint(
        path="users/subaccount/list",
        limit=Limit(20, 2),
        queries=(Query(params={"enable": "true"}), Query(params={"enable": "false"})),
        pagination=AFTER_TIME,
        source=f"{DOC}, Sub-account, Get sub-account list",
    ),
    reader=sub_account,
    applies_to=MAIN_ACCOUNTS,
)


def sub_account_scopes(readings: Readings) -> Sequence[Scope] | None:
    """Return one request for each sub-account; None when their list was not read."""
    if is_unread(readings):
        return None
    found = (record for record in records_in(readings, "subaccounts") if isinstance(record, SubAccount))
    return [Scope(owner=name, params={"subAcct": name}) for name in dict.fromkeys(record.name for record in found)]


EACH_SUB_ACCOUNT = RequestPlan(after=("subaccounts",), scopes=sub_account_scopes)

SUB_ACCOUNT_FUNDING = Surface(
    id="subaccount-funding",
    area=Area.SUBACCOUNTS,
    title="Sub-account: funding wallet",
    endpoint=Endpoint(
        path="asset/subaccount/balances",
        limit=Limit(6, 2),
        source=f"{DOC}, Sub-account, funding wallet",
    ),
    reader=funding_balance,
    applies_to=MAIN_ACCOUNTS,
    plan=EACH_SUB_ACCOUNT,
)

SUB_ACCOUNT_TRADING = Surface(
    id="subaccount-trading",
    area=Area.SUBACCOUNTS,
    title="Sub-account: trading wallet",
    endpoint=Endpoint(
        path="account/subaccount/balances",
        limit=Limit(6, 2),
        rows=rows_in_single("details"),
        source=f"{DOC}, Sub-account, trading wallet",
    ),
    reader=trading_balance,
    applies_to=MAIN_ACCOUNTS,
    plan=EACH_SUB_ACCOUNT,
    total=TRADING_TOTAL,
)


@reads(text("label"))
def api_key(row: Row, context: Context) -> Iterable[Record]:
    """Read a remaining API key of a sub-account; the key itself is left out of the evidence."""
    yield ApiKey(
        subject=row.text("label"),
        row={name: value for name, value in row.raw.items() if name != "apiKey"},
        owner=context.scope.owner,
        label=row.text("label"),
        rights=tuple(row.hint("perm").split(",")),
    )


SUB_ACCOUNT_KEYS = Surface(
    id="subaccount-keys",
    area=Area.SUBACCOUNTS,
    title="Sub-account: remaining API keys",
    endpoint=Endpoint(
        path="users/subaccount/apikey",
        limit=Limit(20, 2),
        source=f"{DOC}, Sub-account, remaining API keys",
    ),
    reader=api_key,
    applies_to=MAIN_ACCOUNTS,
    plan=EACH_SUB_ACCOUNT,
)

# Balances of sub-accounts are holdings as well: the requests for markets depend on them.
SUB_ACCOUNT_PARTS = (SUB_ACCOUNT_FUNDING, SUB_ACCOUNT_TRADING, SUB_ACCOUNT_KEYS)
SUB_ACCOUNTS = (SUB_ACCOUNT_LIST, *SUB_ACCOUNT_PARTS)
