"""Coinbase: the breakdown of the key's portfolio, the one place that shows staked, lent and pledged assets.

A partly staked asset has two rows. Amounts here are JSON numbers, rounded to about eight digits, so that what the list
of accounts shows exactly counts there.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from auditor.exchanges.coinbase.portfolios import own_uuid
from auditor.exchanges.coinbase.sources import DOC, PRIVATE, SEEN, V3
from auditor.exchanges.coinbase.wallets import PORTFOLIO, asset_of
from auditor.exchanges.coinbase.words import COLLATERAL, EARN_PRODUCTS, SIDES
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.i18n import mark
from auditor.model import amounts
from auditor.model.records import Area, Balance, Debt, Earning, Position, Record
from auditor.model.reference_data import Valuation
from auditor.spec.blanks import AccountSetup, Raw
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import UNKNOWN_TEXT, Field, Kind, Row, amount, inner, rows, text
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface
from auditor.spec.words import side_in_words
from auditor.transport.paths import is_last_id

PREFIX = "ACCOUNT_TYPE_"
# What the list of accounts shows as well.
PLAIN = frozenset({"ACCOUNT_TYPE_WALLET", "ACCOUNT_TYPE_FIAT", "ACCOUNT_TYPE_VAULT", "ACCOUNT_TYPE_CRYPTO"})
STOCKS, CLAWBACK = "ACCOUNT_TYPE_CCM_EQUITY", "ACCOUNT_TYPE_CLAWBACK_DEBT"
HELD, FUTURES = "held", "futures"
# What is held in a prediction market has no code of an asset.
CONTRACTS = "CONTRACTS"
SPOT = (text("account_uuid"), text("account_type"), amount("total_balance_crypto"))
PARTS = ("total_cash_equivalent_balance", "total_crypto_balance", "total_futures_balance", "total_equities_balance")


def leaves_no_room(row: Raw, _setup: AccountSetup) -> bool:
    """Return whether the total is the sum of its parts, so that a list that is missing holds nothing of its own."""
    balances = row.get("portfolio_balances")
    if not isinstance(balances, dict):
        return False
    whole = _worth(balances.get("total_balance"))
    parts = [_worth(balances[name]) for name in PARTS if name in balances]
    known = [part for part in parts if part is not None]
    return whole is not None and bool(known) and len(known) == len(parts) and whole == amounts.total(known)


def _worth(value: object) -> Decimal | None:
    return amounts.parse(value.get("value")) if isinstance(value, dict) else None


def _list(name: str, *of: Field, settled_by: tuple[str, ...] = ()) -> Field:
    """Declare a list that answers of some regions lack."""
    return Field(name, Kind.ROWS, of=of, proved_blank=leaves_no_room, settled_by=settled_by)


@reads(
    inner("portfolio_balances", inner("total_balance", amount("value"))),
    rows("spot_positions", *SPOT),
    _list("perp_positions", text("product_id"), amount("net_size"), settled_by=("derivatives-positions",)),
    _list("futures_positions", text("product_id"), amount("amount"), settled_by=("us-futures-positions",)),
    _list("equity_positions", inner("total_balance_equity", amount("value"))),
    _list("prediction_markets_positions", inner("prediction_markets", amount("contracts_owned"))),
)
def breakdown(row: Row, context: Context) -> Iterable[Record]:
    """Read every position of the portfolio, and its totals."""
    stocks = row.rows("equity_positions")
    in_stocks = {stock.hint("account_uuid") for stock in stocks}
    for position in row.rows("spot_positions"):
        is_told = kind_of(position) == STOCKS and position.text("account_uuid") in in_stocks
        yield from () if is_told else spot_position(position, context.scope.known.get(HELD, ()))
    for position in row.rows("perp_positions"):
        yield _position(position, mark("perpetual future"), position.amount("net_size"), "position_side")
    for position in row.rows("futures_positions"):
        if position.text("product_id") not in context.scope.known.get(FUTURES, ()):
            yield _position(position, mark("US future"), position.amount("amount"), "side")
    yield from map(_stock, stocks)
    yield from map(_prediction, row.rows("prediction_markets_positions"))
    yield from _totals(row)


def spot_position(row: Row, held: Iterable[str]) -> Iterable[Record]:
    """Read a row of an asset: staked, lent, or in an account that the list of accounts shows empty; debts elsewhere.

    ``held``: ids of the accounts that the list shows to hold something.
    """
    kind, asset, number = kind_of(row), row.hint("asset"), row.text("account_uuid")
    named, figure = asset or row.hint("asset_uuid") or UNKNOWN_TEXT, row.amount("total_balance_crypto")
    if kind in PLAIN:
        if number not in held:
            yield Balance(
                subject=f"{named}:{number}", row=row.raw, wallet=PORTFOLIO, asset=named, amount=figure, held={}
            )
    elif not is_debt(kind):
        yield _earning(row, kind, named, figure)


def kind_of(row: Row) -> str:
    """Return the kind of account of a row; some answers leave its beginning off."""
    kind = row.text("account_type")
    return kind if kind.startswith(PREFIX) else PREFIX + kind


def is_debt(kind: str) -> bool:
    """Return whether a kind of account is a debt, or secures one."""
    return kind == CLAWBACK or kind in COLLATERAL


@reads(rows("spot_positions", *SPOT))
def loans(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is pledged, and what Coinbase claims back."""
    for position in row.rows("spot_positions"):
        kind = kind_of(position)
        if is_debt(kind):
            yield _debt(position, kind)


def _debt(row: Row, kind: str) -> Debt:
    asset = row.hint("asset") or UNKNOWN_TEXT
    return Debt(
        subject=f"{kind}:{asset}:{row.text('account_uuid')}",
        row=row.raw,
        kind=COLLATERAL.get(kind, mark("amount that Coinbase claims back")),
        asset=asset,
        amount=row.amount("total_balance_crypto"),
        held={},
        collateral=kind != CLAWBACK,
    )


def _earning(row: Row, kind: str, asset: str, figure: Decimal) -> Earning:
    return Earning(
        subject=f"{kind}:{asset}:{row.text('account_uuid')}",
        row=row.raw,
        product=EARN_PRODUCTS.get(kind, kind.removeprefix(PREFIX)),
        asset=asset,
        amount=figure,
        held={},
        state="",
        redeeming=False,
        ready_at=None,
        same_as=(("wallets",),),
    )


def _position(row: Row, kind: str, figure: Decimal, side: str) -> Position:
    return Position(
        subject=row.text("product_id"),
        row=row.raw,
        market=row.text("product_id"),
        kind=kind,
        side=side_in_words(row.hint(side), SIDES),
        amount=figure,
        held={},
    )


def _stock(row: Row) -> Balance:
    own = asset_of(row.inner("total_balance_equity"))
    name = (row.hint("cbrn") or own) if own == UNKNOWN_TEXT else own
    figure = row.inner("total_balance_equity").amount_or_none("value") or amounts.ZERO
    subject = f"{name}:{row.hint('account_uuid')}"
    return Balance(subject=subject, row=row.raw, wallet=mark("stocks"), asset=name, amount=figure, held={})


def _prediction(row: Row) -> Earning:
    name = row.hint("cbrn") or row.hint("product_type") or UNKNOWN_TEXT
    return Earning(
        subject=name,
        row=row.raw,
        product=mark("Prediction markets"),
        asset=CONTRACTS,
        amount=row.inner("prediction_markets").amount_or_none("contracts_owned"),
        held={},
        state="",
        redeeming=False,
        ready_at=None,
    )


def _totals(row: Row) -> Iterable[Record]:
    """Yield the totals that the answer gives: of the portfolio, of stocks, and of futures, with open profit in it."""
    balances = row.inner("portfolio_balances")
    worth = balances.inner("total_balance").amount_or_none("value")
    if worth is not None:
        yield _valuation(balances.raw, PORTFOLIO, worth, also=("us-futures", "stocks"))
    for name, wallet in (("total_futures_balance", "us-futures"), ("total_equities_balance", "stocks")):
        part = _worth(balances.raw.get(name))
        if part is not None:
            yield _valuation({name: balances.raw[name]}, wallet, part, rough=wallet == "us-futures")


def _valuation(
    row: Mapping[str, object], wallet: str, worth: Decimal, *, also: tuple[str, ...] = (), rough: bool = False
) -> Valuation:
    return Valuation(
        subject=f"total:{wallet}", row=row, wallet=wallet, amount=worth, unit="USD", also=also, rough=rough
    )


def _of_the_own_portfolio(readings: Readings) -> Sequence[Scope] | None:
    """Plan the request for the key's own portfolio, with what other places show exactly."""
    uuid = own_uuid(readings)
    if uuid is None or not is_last_id(uuid):
        return None
    accounts = (r for r in records_in(readings, "accounts") if isinstance(r, Balance) and r.holds)
    held = frozenset(str(record.row.get("uuid")) for record in accounts)
    positions = (r for r in records_in(readings, "us-futures-positions") if isinstance(r, Position))
    futures = frozenset(position.market for position in positions)
    return [Scope(params={"portfolio_uuid": uuid, "currency": "USD"}, known={HELD: held, FUTURES: futures})]


def breakdown_row(data: object) -> list[object]:
    """Return the breakdown in an answer, as the one row."""
    (answer,) = object_row(data)
    return object_row(answer.get("breakdown") if isinstance(answer, dict) else None)


def _breakdown(name: str, area: Area, title: str, reader: Reader) -> Surface:
    return Surface(
        id=name,
        area=area,
        title=title,
        endpoint=Endpoint(
            path="brokerage/portfolios/{portfolio_uuid}",
            site=V3,
            limit=PRIVATE,
            rows=breakdown_row,
            source=f"{DOC}, Get Portfolio Breakdown; kinds of accounts: {SEEN}",
        ),
        reader=reader,
        plan=RequestPlan(after=("own-portfolio", "accounts", "us-futures-positions"), scopes=_of_the_own_portfolio),
        right="View",
    )


BREAKDOWN = _breakdown("breakdown", Area.EARN, "Portfolio: staked, lent and other assets", breakdown)
LOANS = _breakdown("breakdown-loans", Area.DEBTS, "Portfolio: pledged and owed assets", loans)
BREAKDOWNS = (BREAKDOWN, LOANS)
