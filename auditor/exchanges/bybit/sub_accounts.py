"""Bybit: sub-accounts, as the key of their main account sees them.

It sees what they hold, but no orders, positions, Earn, loans or withdrawals of theirs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from auditor.exchanges.bybit.flows import MAIN_ACCOUNTS, MONTH, deposit
from auditor.exchanges.bybit.members import member, member_rows
from auditor.exchanges.bybit.overview import OVERVIEW_PATH, PAGE, member_overview
from auditor.exchanges.bybit.sources import LONG, PAGES_OF_20, PAGES_OF_50, ROWS, asking, documented
from auditor.exchanges.bybit.wallets import COINS_BALANCE, COINS_PAGE, WALLET_RIGHT
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.exchanges.shared.readers import balance
from auditor.model.records import ApiKey, Area, Record, SubAccount
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Endpoint, Limit, Query, Token
from auditor.spec.fields import amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import RequestPlan, Surface

LISTS = ("subaccounts", "custodial-subaccounts")
NORMAL = "1"
# What a status freezes by itself; 4 is the whole account.
FROZEN: Mapping[str, tuple[str, ...]] = {NORMAL: (), "2": ("login",), "4": ()}


@reads(text("uid"), text("username"), text("status"))
def sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """Read a sub-account; any status but normal keeps it from being emptied."""
    status = row.text("status")
    yield SubAccount(
        subject=row.text("uid"),
        row=row.raw,
        name=f"{row.text('username')} ({row.text('uid')})",
        uid=row.text("uid"),
        frozen=status != NORMAL,
        frozen_functions=FROZEN.get(status, (status,)),
    )


def _list(surface: str, title: str, path: str, page: str) -> Surface:
    return Surface(
        id=surface,
        area=Area.SUBACCOUNTS,
        title=title,
        endpoint=documented(
            path,
            f"User, {page}",
            rows=rows_in("subMembers"),
            pages=Token(parameter="nextCursor", next="nextCursor", limit="pageSize", size=100, last="0"),
        ),
        reader=sub_account,
        applies_to=MAIN_ACCOUNTS,
        right=WALLET_RIGHT,
    )


def _names(readings: Readings) -> dict[str, str]:
    """Return the names of all sub-accounts that were listed, by uid."""
    return {one.uid: one.name for one in records_in(readings, *LISTS) if isinstance(one, SubAccount)}


def _for_each(parameter: str) -> Callable[[Readings], Sequence[Scope] | None]:
    """Plan a request for each sub-account, by ``parameter``; None when their lists were not read."""

    def plan(readings: Readings) -> Sequence[Scope] | None:
        if is_unread(readings):
            return None
        return [Scope(owner=name, params={parameter: uid}) for uid, name in _names(readings).items()]

    return plan


def _part(surface: str, title: str, endpoint: Endpoint, reader: Reader, parameter: str = "memberId") -> Surface:
    return Surface(
        id=surface,
        area=Area.SUBACCOUNTS,
        title=title,
        endpoint=endpoint,
        reader=reader,
        applies_to=MAIN_ACCOUNTS,
        plan=RequestPlan(after=LISTS, scopes=_for_each(parameter)),
        right=WALLET_RIGHT,
    )


@reads(text("id"), text("note", always_blank))
def api_key(row: Row, context: Context) -> Iterable[Record]:
    """Read a remaining API key of a sub-account; the key itself is left out of the evidence."""
    boxes = row.raw.get("permissions")
    rights = tuple(name for name, ticked in boxes.items() if ticked) if isinstance(boxes, dict) else ()
    yield ApiKey(
        subject=row.text("id"),
        row={name: value for name, value in row.raw.items() if name not in {"apiKey", "secret", "ips"}},
        owner=context.scope.owner,
        label=row.text_or_none("note") or row.text("id"),
        rights=rights,
    )


MEMBERS = Surface(
    id="members",
    area=Area.SUBACCOUNTS,
    title="All accounts under this main account, by their worth",
    endpoint=documented(
        "v5/asset/total-members-assets", "Asset, Get Total Members Assets", Limit(50, 1), rows=member_rows
    ),
    reader=member,
    applies_to=MAIN_ACCOUNTS,
    # Asked in any case: the lists only name who is in it.
    plan=RequestPlan(after=LISTS, scopes=lambda readings: [Scope(known=_names(readings))]),
    right=WALLET_RIGHT,
)

SUB_ACCOUNT_PARTS = (
    _part(
        "subaccount-funding",
        "Sub-account: funding account",
        documented(COINS_BALANCE, COINS_PAGE, Limit(5, 1), asking(accountType="FUND"), rows=rows_in("balance")),
        balance(
            wallet="funding",
            asset="coin",
            amount="walletBalance",
            available=amount("transferBalance", always_blank),
        ),
    ),
    _part(
        "subaccount-overview",
        "Sub-account: overview of all accounts and products",
        documented(OVERVIEW_PATH, PAGE, Limit(50, 1)),
        member_overview,
    ),
    _part(
        "subaccount-deposits",
        "Sub-account: deposits of the last 400 days",
        documented(
            "v5/asset/deposit/query-sub-member-record",
            "Asset, Deposit, Get Sub Deposit Records (on-chain)",
            Limit(300, 60),
            Query(back=LONG),
            rows=ROWS,
            pages=PAGES_OF_50,
            windows=MONTH,
        ),
        deposit,
        "subMemberId",
    ),
    _part(
        "subaccount-keys",
        "Sub-account: remaining API keys",
        documented(
            "v5/user/sub-apikeys",
            "User, Get Sub UID All API Keys",
            Limit(10, 1),
            rows=rows_in("result"),
            pages=PAGES_OF_20,
        ),
        api_key,
        "subMemberId",
    ),
)
SUB_ACCOUNTS = (
    _list("subaccounts", "Sub-accounts", "v5/user/submembers", "Get Sub UID List (Unlimited)"),
    _list(
        "custodial-subaccounts", "Custodial sub-accounts", "v5/user/escrow_sub_members", "Get Fund Custodial Sub Acct"
    ),
    MEMBERS,
    *SUB_ACCOUNT_PARTS,
)
