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
from auditor.model.reference_data import Named
from auditor.spec.fields import MalformedError, amount, optional_rows, optional_text, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.surface import RequestPlan, Surface

ENABLED, ROBOT = "2", "1"
ASSETS = (text("currency"), amount("balance"), amount("available"), amount("holds"))
WALLETS = {"mainAccounts": "main", "tradeAccounts": "trade", "marginAccounts": "margin", "tradeHFAccounts": "trade_hf"}


SUB_ACCOUNT = (text("subName"), text("status"), text("type"))


def _is_robot(row: Row) -> bool:
    return row.text("type") == ROBOT


@reads(optional_text("uid"), *SUB_ACCOUNT)
def sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """Read a sub-account: every state but enabled counts as frozen; of a trading bot's only its name and number.

    KuCoin does not give the numbers of bots' sub-accounts to every key (kucoin-api-docs, issue 289).
    """
    name, uid = row.text("subName"), row.text_or_none("uid")
    if _is_robot(row):
        yield Named(subject=name, row={}, name=name, part=uid or "")
        return
    yield SubAccount(
        subject=name,
        row=row.raw,
        name=name,
        uid=uid or "?",
        frozen=row.text("status") != ENABLED,
        frozen_functions=(),
    )
    if uid is None:
        raise MalformedError(_("{name} is missing").format(name="uid"))


@reads(*SUB_ACCOUNT)
def trading_bot(row: Row, context: Context) -> Iterable[Record]:
    """Read a trading bot, unless the lists of wallets name its sub-account and nothing is in it.

    KuCoin keeps the sub-accounts of bots that ended (kucoin-api-docs, issue 289, lists ten of one account).
    """
    name = row.text("subName")
    if _is_robot(row) and name not in context.scope.known.get("emptied", ()):
        text = (
            _("in the sub-account {name}") if row.text("status") == ENABLED else _("in the frozen sub-account {name}")
        )
        yield Bot(
            subject=name,
            row=row.raw,
            kind=mark("trading bot"),
            state=text.format(name=name),
            market=None,
            assets=(),
            amount=None,
            asset=None,
        )


def _with_emptied(readings: Readings) -> Sequence[Scope]:
    """Plan one request, with the sub-accounts that both lists of wallets were read to the end for and have nothing."""
    places = ("subaccount-wallets", "all-futures")
    if is_unread({place: readings[place] for place in places}):
        return [Scope()]
    known = list(records_in(readings, *places))
    listed = {record.name for record in known if isinstance(record, Named)}
    holding = {record.owner for record in known if record.holds and isinstance(record, Balance)}
    return [Scope(known={"emptied": listed - holding})]


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
    plan=RequestPlan(after=("subaccount-wallets", "all-futures"), scopes=_with_emptied),
)


@reads(
    text("subName"),
    rows("mainAccounts", *ASSETS),
    rows("tradeAccounts", *ASSETS),
    rows("marginAccounts", *ASSETS),
    optional_rows("tradeHFAccounts", *ASSETS),
)
def sub_account_wallets(row: Row, _context: Context) -> Iterable[Record]:
    """Read the funding, trading and cross margin accounts of a sub-account, and that it was listed."""
    yield Named(subject=f"listed:{row.text('subName')}", row={}, name=row.text("subName"), part="")
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


def robots_in(readings: Readings) -> list[Named]:
    """Return the sub-accounts of trading bots, by name, with their number where KuCoin gives it."""
    return [record for record in records_in(readings, "subaccounts") if isinstance(record, Named)]


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
