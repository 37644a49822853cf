"""KuCoin: the futures accounts, one for each coin that secures contracts.

The list of contracts names the coins; three are asked for in any case. KuCoin's pages differ on whether a key with
General alone may ask for the account by itself; the list with the sub-accounts, which such a key of a main account may
ask, has a row for the account itself. Where it was there, a refusal leaves nothing unread.
"""

from collections.abc import Iterable, Sequence

from auditor.exchanges.kucoin.errors import REFUSED_TO_READERS
from auditor.exchanges.kucoin.sites import FUTURES, PUBLIC_FUTURES, futures, public
from auditor.exchanges.kucoin.sources import documented
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.exchanges.shared.readers import amount_or_seen, figures
from auditor.i18n import _, mark
from auditor.model.amounts import parse
from auditor.model.records import Area, Balance, Part, Record
from auditor.model.reference_data import Named, Valuation
from auditor.spec.fields import MalformedError, amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import AppliesTo, RequestPlan, Surface, Total

WALLET = "futures"
# KuCoin calls bitcoin XBT among its futures, BTC elsewhere.
NAMES = {"XBT": "BTC"}
LEAST = ("USDT", "USDC", "XBT")
MAIN_ACCOUNT = "main"
IN_THE_LIST = {"400007": mark("The list of the main account's and its sub-accounts' futures accounts shows it.")}
MAIN_ACCOUNTS = AppliesTo(kinds=frozenset({"main"}))
ACCOUNT = (
    text("currency"),
    amount("accountEquity"),
    optional_amount("availableBalance"),
    optional_amount("positionMargin"),
    optional_amount("orderMargin"),
    optional_amount("frozenFunds"),
    optional_amount("marginBalance"),
    optional_amount("unrealisedPNL"),
)
PARTS = {
    Part.AVAILABLE: "availableBalance",
    Part.MARGIN: "positionMargin",
    Part.IN_ORDERS: "orderMargin",
    Part.FROZEN: "frozenFunds",
    "wallet_balance": "marginBalance",
    "profit": "unrealisedPNL",
}


@reads(text("settleCurrency"))
def settle_currency(row: Row, _context: Context) -> Iterable[Record]:
    """Read the coin that secures a contract."""
    name = row.text("settleCurrency")
    yield Named(subject=name, row={}, name=name, part="")


CONTRACTS = Surface(
    id="futures-contracts",
    area=Area.BALANCES,
    title="Coins that secure futures contracts",
    endpoint=documented(PUBLIC_FUTURES, "contracts/active", public(3)),
    reader=settle_currency,
    value=False,
)


def currencies(readings: Readings) -> tuple[str, ...]:
    """Return the coins to ask for: those of the contracts, and three in any case."""
    known = {"futures-contracts": readings["futures-contracts"]}
    named = [record.name for record in records_in(known) if isinstance(record, Named)]
    return tuple(dict.fromkeys((*LEAST, *named)))


def each_currency(readings: Readings) -> Sequence[Scope]:
    """Plan a request for each coin that secures contracts."""
    return [Scope(params={"currency": name}) for name in currencies(readings)]


def _each_own(readings: Readings) -> Sequence[Scope]:
    """Plan a request for each coin, with what the list with the sub-accounts shows of the account itself."""
    balances = (record for record in records_in(readings, "all-futures") if isinstance(record, Balance))
    shown = {record.subject: record for record in balances if record.owner is None}
    return [
        Scope(
            params={"currency": name},
            known={"shown": shown},
            needless=IN_THE_LIST if NAMES.get(name, name) in shown else {},
        )
        for name in currencies(readings)
    ]


def _check_coin(row: Row, context: Context) -> None:
    """Raise MalformedError for a row of another coin than the one that was asked for."""
    asked = context.scope.params.get("currency", row.text("currency"))
    if row.is_understood("currency") and row.text("currency") != asked:
        raise MalformedError(_("{name} is of another coin").format(name=row.text("currency")))


def _balance(row: Row, owner: str | None) -> Balance:
    held = figures(row, PARTS)
    coin = NAMES.get(row.text("currency"), row.text("currency"))
    return Balance(
        subject=coin,
        row=row.raw,
        owner=owner,
        wallet=WALLET,
        asset=coin,
        amount=amount_or_seen(row, "accountEquity", held),
        held=held,
    )


@reads(*ACCOUNT)
def own_account(row: Row, context: Context) -> Iterable[Record]:
    """Read the account's futures account in one coin, where the list with the sub-accounts does not show as much.

    An answer about another coin says nothing about this one.
    """
    _check_coin(row, context)
    record = _balance(row, None)
    shown = context.scope.known.get("shown", {}).get(record.subject)
    if shown is None or abs(shown.amount) < abs(record.amount) or (record.holds and not shown.holds):
        yield record


FUTURES_ACCOUNT = Surface(
    id="futures",
    area=Area.BALANCES,
    title="Futures account, coin by coin",
    endpoint=documented(FUTURES, "account-overview", futures(5), rows=object_row),
    reader=own_account,
    plan=RequestPlan(after=("futures-contracts", "all-futures"), scopes=_each_own),
    manual_check=REFUSED_TO_READERS,
)


def account_rows(data: object) -> list[object]:
    """Return the rows of an account and its sub-accounts, which may only be missing where their total is zero."""
    (answer,) = object_row(data)
    summary = answer.get("summary") if isinstance(answer, dict) else None
    equity = parse(summary.get("accountEquityTotal")) if isinstance(summary, dict) else None
    if equity is None:
        raise MalformedError(_("{name} is missing").format(name="summary.accountEquityTotal"))
    is_null = isinstance(answer, dict) and "accounts" in answer and answer["accounts"] is None
    return [] if is_null and not equity else rows_in("accounts")(data)


@reads(text("accountName"), *ACCOUNT)
def any_account(row: Row, context: Context) -> Iterable[Record]:
    """Read a futures account in one coin, of a sub-account or of the account itself."""
    _check_coin(row, context)
    name = row.text("accountName")
    yield _balance(row, None if name == MAIN_ACCOUNT else name)


@reads(text("currency"), amount("accountEquityTotal"))
def futures_total(row: Row, _context: Context) -> Iterable[Record]:
    """Read the equity of all futures accounts in one coin."""
    coin = NAMES.get(row.text("currency"), row.text("currency"))
    yield Valuation(
        subject=f"total:{WALLET}:{coin}",
        row={"accountEquityTotal": row.raw.get("accountEquityTotal")},
        wallet=WALLET,
        amount=row.amount("accountEquityTotal"),
        unit=coin,
        rough=True,
    )


def summary_row(data: object) -> list[object]:
    """Return the summary of the futures accounts in one coin."""
    (answer,) = object_row(data)
    return object_row(answer.get("summary") if isinstance(answer, dict) else None)


ALL_FUTURES_ACCOUNTS = Surface(
    id="all-futures",
    area=Area.BALANCES,
    title="Futures account",
    endpoint=documented(FUTURES, "account-overview-all", futures(6), rows=account_rows),
    reader=any_account,
    total=Total(rows=summary_row, reader=futures_total),
    applies_to=MAIN_ACCOUNTS,
    plan=RequestPlan(after=("futures-contracts",), scopes=each_currency),
)

FUTURES_WALLETS = (CONTRACTS, FUTURES_ACCOUNT, ALL_FUTURES_ACCOUNTS)
