"""Coinbase: the wallets of an archive: which there are, what is in each, and what has no list of its changes.

There is a wallet for each coin that was ever touched, for each vault, and often for staked coins. One that was never
used has no time.
"""

from collections.abc import Callable, Iterator, Mapping

from auditor.exchanges.coinbase.portfolios import INTX, PORTFOLIOS
from auditor.exchanges.coinbase.us_futures import BALANCE, PARTS, summary_row
from auditor.exchanges.coinbase.wallets import WALLETS_AND_VAULTS, listed
from auditor.i18n import _, mark
from auditor.model import amounts
from auditor.spec.endpoint import Endpoint, RowSelector
from auditor.spec.fields import MalformedError, flag, text
from auditor.spec.ledger import ShownBalances
from auditor.spec.paged_list import Reach, RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList
from auditor.spec.summed import ChangedRow, ChangeList, WalletTotals
from auditor.spec.surface import Surface
from auditor.spec.times import milliseconds
from auditor.transport.paths import is_plain

WALLETS, WALLETS_ID, PORTFOLIOS_ID = "wallets", "wallet-list", "portfolios"
ASSET, BALANCE_NOW, SINCE, KIND = "asset", "balance", "since", "kind"
NAME, PORTFOLIO = "name", "portfolio_id"
NEVER = "1970-01-01T00:00:00Z"
"""Stands for the time of what has none."""
DEFAULT, FIAT = "DEFAULT", "fiat"
FOR_EVER = Reach(words=mark("no end is stated"))


def endpoint_of(surface: Surface, rows: RowSelector) -> Endpoint:
    """Return how an audit asks for a place, with other rows of its answers."""
    if surface.endpoint is None:
        raise ValueError(surface.id)
    one = surface.endpoint
    return Endpoint(
        path=one.path, limit=one.limit, source=one.source, site=one.site, pagination=one.pagination, rows=rows
    )


def wallet_rows(data: object) -> list[object]:
    """Return what matters of each wallet, in one shape whatever the version of the API.

    Raises MalformedError, also where there is none: every user has some.
    """
    found = listed("data")(data)
    if not found:
        raise MalformedError(_("no wallet is listed"))
    return [_wallet(row) if isinstance(row, dict) else row for row in found]


def _wallet(row: Mapping[str, object]) -> dict[str, object]:
    since, money, currency = row.get("created_at"), row.get("balance"), row.get("currency")
    kinds = {str(one).lower() for one in (row.get("type"), currency.get("type") if isinstance(currency, dict) else "")}
    inside = [one.get(name) for one in (currency, money) if isinstance(one, dict) for name in ("code", "currency")]
    asset = next((word for word in (currency, *inside) if isinstance(word, str) and word), None)
    return {
        "id": row.get("id"),
        NAME: row.get(NAME),
        ASSET: asset,
        BALANCE_NOW: money.get("amount") if isinstance(money, dict) else None,
        SINCE: since if isinstance(since, str) and since else NEVER,
        KIND: FIAT if FIAT in kinds else "",
        PORTFOLIO: row.get(PORTFOLIO),
    }


def wallet(row: Row) -> ListedRow:
    """Read a wallet: it only names a list of transactions. Raises MalformedError for one that cannot be asked for."""
    number = row.text("id")
    if not is_plain(number):
        raise MalformedError(_("{name} is not {kind}").format(name="id", kind=_("a text")))
    return ListedRow(id=number, time=milliseconds(row.text(SINCE), "iso"), cells=())


def wallet_ids(rows_of: RowsOf) -> Iterator[str]:
    """Yield the id of every wallet."""
    yield from (str(row["id"]) for row in rows_of(WALLETS_ID) if _is_askable(row))


def fiat_wallet_ids(rows_of: RowsOf) -> Iterator[str]:
    """Yield the id of every wallet of fiat money."""
    rows = (row for row in rows_of(WALLETS_ID) if row.get(KIND) == FIAT)
    yield from (str(row["id"]) for row in rows if _is_askable(row))


def _is_askable(row: Mapping[str, object]) -> bool:
    number = row.get("id")
    return isinstance(number, str) and is_plain(number)


WALLET_LIST = SecondList(
    id=WALLETS_ID,
    title=mark("Wallets and vaults"),
    wallet=WALLETS,
    endpoint=endpoint_of(WALLETS_AND_VAULTS, wallet_rows),
    reach=FOR_EVER,
    key="id",
    time=SINCE,
    unit="iso",
    ordered=False,
    fields=(text("id"), text(SINCE)),
    read=wallet,
    # Balances are read anew each time, so that they are those of the newest transactions.
    explains=True,
)
SHOWN = ShownBalances(endpoint=WALLET_LIST.endpoint, asset=ASSET, amount=BALANCE_NOW, several=True)


def portfolio_rows(data: object) -> list[object]:
    """Return the portfolios of the user, which have no time. Raises MalformedError, also where there is none."""
    found = listed("portfolios")(data)
    if not found:
        raise MalformedError(_("the portfolio of the key is missing"))
    return [{**row, SINCE: NEVER} if isinstance(row, dict) else row for row in found]


def portfolio_reader(rows_of: RowsOf) -> Callable[[Row], ChangedRow]:
    """Return the reader of portfolios: what is in one of which no wallet is listed cannot be known."""
    seen = {str(row[PORTFOLIO]) for row in rows_of(WALLETS_ID) if row.get(PORTFOLIO)}
    portfolios = list(rows_of(PORTFOLIOS_ID))
    kept = [row for row in portfolios if row.get("type") == DEFAULT and row.get("deleted") is False]
    # Where wallets do not say which portfolio they are in, they are those of the one that every user has.
    own = seen or {str(row.get("uuid")) for row in (kept or portfolios)[:1]}
    return lambda row: portfolio(row, is_here=row.text("uuid") in own and row.text("type") != INTX)


def portfolio(row: Row, *, is_here: bool) -> ChangedRow:
    """Read a portfolio: its changes are here where its wallets are."""
    number = row.text("uuid")
    return ChangedRow(
        id=number,
        time=milliseconds(NEVER, "iso"),
        changes=(),
        type=row.text("type"),
        unknown="" if is_here else row.hint("name") or number,
    )


PORTFOLIO_LIST = ChangeList(
    id=PORTFOLIOS_ID,
    title=mark("Portfolios of which no wallet is listed"),
    wallets=(),
    endpoint=endpoint_of(PORTFOLIOS, portfolio_rows),
    reach=FOR_EVER,
    key="uuid",
    time=SINCE,
    unit="iso",
    timed=True,
    ordered=False,
    fields=(text("uuid"), text("type"), flag("deleted")),
    read=lambda row: portfolio(row, is_here=False),
    reader_of=portfolio_reader,
)


def futures_rows(data: object) -> list[object]:
    """Return what is in the futures account, as one row; none where it was never opened. Raises MalformedError."""
    (answer,) = summary_row(data)
    summary = answer.get("balance_summary") if isinstance(answer, dict) else None
    if summary is None:
        return []
    values = [summary.get(name) for name in PARTS.values()] if isinstance(summary, dict) else [None]
    figures = [amounts.parse(one.get("value")) if isinstance(one, dict) else None for one in values]
    # A figure that is not understood may be something.
    total = None if None in figures else next((plain for plain in map(_text, figures) if plain != "0"), "0")
    return [{"name": "US futures", "amount": total}]


def _text(figure: object) -> str:
    return "0" if not figure else str(figure)


TOTALS = WalletTotals(
    shown=ShownBalances(endpoint=endpoint_of(BALANCE, futures_rows), asset="name", amount="amount"),
    here=frozenset(),
)
