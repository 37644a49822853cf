"""KuCoin: every account of a sub-account in one request, as far as no other request shows it.

Isolated margin, options and the unified account of a sub-account show nowhere else.
"""

from collections.abc import Iterable, Iterator, Sequence

from auditor.exchanges.kucoin.errors import SOME_ACCOUNTS
from auditor.exchanges.kucoin.futures_wallets import MAIN_ACCOUNTS, NAMES, WALLET
from auditor.exchanges.kucoin.sites import UNIFIED, unified
from auditor.exchanges.kucoin.sources import UTA, documented
from auditor.exchanges.kucoin.sub_accounts import robots_in, sub_accounts_in
from auditor.exchanges.kucoin.unified_account import is_debt_alone, is_shown
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.exchanges.shared.readers import figures
from auditor.i18n import _, mark
from auditor.model.records import Area, Balance, Debt, Part, Record
from auditor.spec.fields import MalformedError, amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import RequestPlan, Surface

# The wallets that other requests show of a sub-account, by this one's names.
SHOWN_ELSEWHERE = {"FUNDING": "main", "SPOT": "trade", "CROSS": "margin", "FUTURES": WALLET}


def whole_account_rows(data: object) -> list[object]:
    """Return a row for each currency of each account, with the sub-account and the account that it is in.

    Texts differ on the names of the lists (accountList, accounts; currencyList, currencies), so both are read. An
    answer without the sub-account says nothing of it.
    """
    users = rows_in("userList")(data)
    if not users:
        raise MalformedError(_("{name} is missing").format(name="uid"))
    return [row for user in users for row in _user_rows(user)]


def _user_rows(user: object) -> Iterator[object]:
    """Yield the rows of a sub-account; what has no list is a row by itself, which no reader understands."""
    accounts = _inner_list(user, "accountList", "accounts")
    if accounts is None:
        yield user
        return
    uid = user.get("uid") if isinstance(user, dict) else None
    yield from (row for account in accounts for row in _account_rows(account, uid))


def _account_rows(account: object, uid: object) -> Iterator[object]:
    currencies = _inner_list(account, "currencyList", "currencies")
    if currencies is None or not isinstance(account, dict):
        yield account
        return
    place = {"accountType": account.get("accountType"), "accountSubType": account.get("accountSubType"), "uid": uid}
    yield from ({**currency, **place} if isinstance(currency, dict) else currency for currency in currencies)


def _inner_list(outer: object, *names: str) -> list[object] | None:
    found = next((outer[name] for name in names if name in outer), None) if isinstance(outer, dict) else None
    return found if isinstance(found, list) else None


def _each_uid(readings: Readings) -> Sequence[Scope] | None:
    """Plan a request for each sub-account, with what others show of it; None when their list was not read."""
    if is_unread({"subaccounts": readings["subaccounts"]}):
        return None
    shown: dict[str | None, dict[tuple[str, str], Balance]] = {}
    for record in records_in(readings, "subaccount-wallets", "all-futures"):
        if isinstance(record, Balance):
            shown.setdefault(record.owner, {})[record.wallet, record.asset] = record
    numbers = {one.name: one.uid for one in sub_accounts_in(readings)}
    numbers |= {robot.name: robot.part for robot in robots_in(readings) if robot.part}
    return [
        Scope(owner=name, params={"UID": uid}, known={"uid": uid, "shown": shown.get(name, {})})
        for name, uid in numbers.items()
    ]


@reads(
    text("uid"),
    text("accountType"),
    text("currency"),
    amount("balance"),
    amount("available"),
    optional_amount("hold"),
    optional_amount("locked"),
    optional_amount("equity"),
    optional_amount("liability"),
    optional_amount("liabilityPrinciple"),
    optional_amount("liabilityPrincipal"),
    optional_amount("liabilityInterest"),
)
def whole_account(row: Row, context: Context) -> Iterable[Record]:
    """Read a currency in any account of a sub-account, as far as no other request shows as much of it."""
    if row.text("uid") != context.scope.known.get("uid", row.text("uid")):
        raise MalformedError(_("it is of another account"))
    kind, coin = row.text("accountType"), row.text("currency")
    wallet = SHOWN_ELSEWHERE.get(kind, kind.lower())
    asset = NAMES.get(coin, coin) if wallet == WALLET else coin
    shown = context.scope.known.get("shown", {}).get((wallet, asset))
    subject = ":".join(filter(None, (wallet, row.hint("accountSubType"), asset)))
    record = _whole_balance(row, context, wallet, asset, subject)
    if not is_debt_alone(row) and not _is_shown(record, shown):
        yield record
    yield from _whole_debt(row, context, asset, subject)


def _is_shown(record: Balance, shown: Balance | None) -> bool:
    """Return whether another request shows as much; the equity of contracts moves, so what holds them counts."""
    if shown is None or abs(shown.amount) < abs(record.amount):
        return False
    if shown.wallet == WALLET:
        return shown.holds or not record.holds
    return is_shown(record, max(shown.amount, *shown.held.values()))


def _whole_balance(row: Row, context: Context, wallet: str, asset: str, subject: str) -> Balance:
    parts = {Part.AVAILABLE: "available", Part.FROZEN: "hold", "locked": "locked", Part.EQUITY: "equity"}
    return Balance(
        subject=subject,
        row=row.raw,
        owner=context.scope.owner,
        wallet=wallet,
        asset=asset,
        amount=row.amount("balance"),
        held=figures(row, parts),
    )


def _whole_debt(row: Row, context: Context, asset: str, subject: str) -> Iterable[Record]:
    # Version 1 spells it liabilityPrinciple.
    spellings = ("liabilityPrinciple", "liabilityPrincipal")
    borrowed = next((name for name in spellings if row.amount_or_none(name)), spellings[0])
    owed = figures(row, {"borrowed": borrowed, Part.INTEREST: "liabilityInterest"})
    liability = row.amount_or_none("liability")
    if liability or any(owed.values()):
        yield Debt(
            subject=f"{subject}:debt",
            row=row.raw,
            owner=context.scope.owner,
            kind=mark("margin loan"),
            asset=asset,
            amount=liability,
            held=owed,
            collateral=False,
        )


WHOLE_ACCOUNT = Surface(
    id="subaccount-whole",
    area=Area.SUBACCOUNTS,
    title="Sub-account: isolated margin, options or unified account",
    endpoint=documented(UNIFIED, "sub-account/balance", unified(5), rows=whole_account_rows, source=UTA),
    reader=whole_account,
    applies_to=MAIN_ACCOUNTS,
    plan=RequestPlan(after=("subaccounts", "subaccount-wallets", "all-futures"), scopes=_each_uid),
    manual_check=SOME_ACCOUNTS,
)
