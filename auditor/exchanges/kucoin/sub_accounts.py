"""KuCoin: sub-accounts, as the key of their main account sees them.

A trading bot runs in a sub-account of its own, of the type robot: that is all that shows it (rotki issue 3501).
"""

from collections.abc import Iterable, Sequence

from auditor.exchanges.kucoin.futures_wallets import MAIN_ACCOUNTS
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.sites import V1, V2, management
from auditor.exchanges.kucoin.sources import documented
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.exchanges.shared.readers import figures
from auditor.i18n import _, mark
from auditor.model.records import ApiKey, Area, Balance, Bot, Part, Record, SubAccount
from auditor.spec.fields import MalformedError, Row, amount, optional_rows, optional_text, rows, text
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.surface import RequestPlan, Surface

ENABLED, FROZEN, ROBOT = "2", "3", "1"
ASSETS = (text("currency"), amount("balance"), amount("available"), amount("holds"))
WALLETS = {"mainAccounts": "main", "tradeAccounts": "trade", "marginAccounts": "margin", "tradeHFAccounts": "trade_hf"}


SUB_ACCOUNT = (text("subName"), text("status"), text("type"))


def _is_running_bot(row: Row) -> bool:
    return row.text("type") == ROBOT and row.text("status") != FROZEN


@reads(optional_text("uid"), *SUB_ACCOUNT)
def sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """Read a sub-account that is no running bot: every state but enabled counts as frozen.

    KuCoin does not give the numbers of bots' sub-accounts to every key (kucoin-api-docs, issue 289).
    """
    if _is_running_bot(row):
        return
    uid = row.text_or_none("uid")
    yield SubAccount(
        subject=row.text("subName"),
        row=row.raw,
        name=row.text("subName"),
        uid=uid or "?",
        frozen=row.text("status") != ENABLED,
        frozen_functions=(),
    )
    if uid is None:
        raise MalformedError(_("{name} is missing").format(name="uid"))


@reads(*SUB_ACCOUNT)
def trading_bot(row: Row, _context: Context) -> Iterable[Record]:
    """Read a trading bot: a sub-account of the type robot in any state but frozen."""
    if _is_running_bot(row):
        yield Bot(
            subject=row.text("subName"),
            row=row.raw,
            kind=mark("trading bot"),
            state=_("in the sub-account {name}").format(name=row.text("subName")),
            market=None,
            assets=(),
            amount=None,
            asset=None,
        )


LIST_ENDPOINT = documented(V2, "sub/user", management(20), pagination=pages(100), rows=ITEMS)
LIST = Surface(
    id="subaccounts",
    area=Area.SUBACCOUNTS,
    title="Sub-accounts",
    endpoint=LIST_ENDPOINT,
    reader=sub_account,
    applies_to=MAIN_ACCOUNTS,
)
BOTS = Surface(
    id="trading-bots",
    area=Area.BOTS,
    title="Trading bots that show as sub-accounts",
    endpoint=LIST_ENDPOINT,
    reader=trading_bot,
    applies_to=MAIN_ACCOUNTS,
)


@reads(
    text("subName"),
    rows("mainAccounts", *ASSETS),
    rows("tradeAccounts", *ASSETS),
    rows("marginAccounts", *ASSETS),
    optional_rows("tradeHFAccounts", *ASSETS),
)
def sub_account_wallets(row: Row, _context: Context) -> Iterable[Record]:
    """Read the funding, trading and cross margin accounts of a sub-account."""
    for name, wallet in WALLETS.items():
        for asset in row.rows(name):
            yield Balance(
                subject=f"{wallet}:{asset.text('currency')}",
                row=asset.raw,
                owner=row.text("subName"),
                wallet=wallet,
                asset=asset.text("currency"),
                amount=asset.amount("balance"),
                held=figures(asset, {Part.AVAILABLE: "available", Part.FROZEN: "holds"}),
            )


SUB_ACCOUNT_WALLETS = Surface(
    id="subaccount-wallets",
    area=Area.SUBACCOUNTS,
    title="Sub-account: funding, trading or margin account",
    endpoint=documented(V2, "sub-accounts", management(20), pagination=pages(100), rows=ITEMS),
    reader=sub_account_wallets,
    applies_to=MAIN_ACCOUNTS,
)


def sub_accounts_in(readings: Readings) -> list[SubAccount]:
    """Return the sub-accounts that were read, without trading bots."""
    return [record for record in records_in(readings, "subaccounts") if isinstance(record, SubAccount)]


def _each_name(readings: Readings) -> Sequence[Scope] | None:
    """Plan a request for each sub-account; None when their list was not read."""
    if is_unread({"subaccounts": readings["subaccounts"]}):
        return None
    return [Scope(owner=one.name, params={"subName": one.name}) for one in sub_accounts_in(readings)]


@reads(text("permission"))
def api_key(row: Row, context: Context) -> Iterable[Record]:
    """Read a remaining API key of a sub-account; the key itself is left out of the evidence."""
    label = row.hint("remark") or "?"
    yield ApiKey(
        subject=label,
        row={name: value for name, value in row.raw.items() if name != "apiKey"},
        owner=context.scope.owner,
        label=label,
        rights=tuple(right.strip() for right in row.text("permission").split(",")),
    )


SUB_ACCOUNT_KEYS = Surface(
    id="subaccount-keys",
    area=Area.SUBACCOUNTS,
    title="Sub-account: remaining API keys",
    endpoint=documented(V1, "sub/api-key", management(20)),
    reader=api_key,
    applies_to=MAIN_ACCOUNTS,
    plan=RequestPlan(after=("subaccounts",), scopes=_each_name),
)

SUB_ACCOUNTS = (LIST, SUB_ACCOUNT_WALLETS, SUB_ACCOUNT_KEYS)
