"""Coinbase: the breakdown of the key's portfolio, the one place that shows staked, lent and pledged assets.

A partly staked asset has two rows. Amounts here are JSON numbers, rounded to about eight digits, so that what the list
of accounts shows exactly counts there.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from auditor.exchanges.coinbase.portfolios import own_uuid
from auditor.exchanges.coinbase.sources import DOC, PRIVATE, SEEN, V3
from auditor.exchanges.coinbase.spot_figures import figure_of, ordered, stated_figure
from auditor.exchanges.coinbase.totals import currency_of, leaves_no_room, totals, worth_of
from auditor.exchanges.coinbase.wallets import asset_of, wallet_of
from auditor.exchanges.coinbase.words import COLLATERAL, EARN_PRODUCTS, ENDINGS, SIDES
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.i18n import mark
from auditor.model import amounts
from auditor.model.records import Area, Balance, Debt, Earning, Part, Position, Record
from auditor.model.reference_data import EarnTerms
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, Kind, amount, inner, rows, text
from auditor.spec.parsed_row import UNKNOWN_TEXT, Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface
from auditor.spec.words import side_in_words
from auditor.transport.paths import is_last_id

PREFIX = "ACCOUNT_TYPE_"
# What the list of accounts shows as well.
PLAIN = frozenset({"ACCOUNT_TYPE_WALLET", "ACCOUNT_TYPE_FIAT", "ACCOUNT_TYPE_VAULT", "ACCOUNT_TYPE_CRYPTO"})
STOCKS, CLAWBACK = "ACCOUNT_TYPE_CCM_EQUITY", "ACCOUNT_TYPE_CLAWBACK_DEBT"
PREDICTIONS = "ACCOUNT_TYPE_PREDICTION_MARKETS_EQUITY"
HELD, WALLETS, FUTURES = "held", "wallets", "futures"
# Amounts here are rounded to as many digits.
ROUNDING = Decimal("1e-8")
# What is held in a prediction market has no code of an asset.
CONTRACTS = "CONTRACTS"
SPOT = (text("account_uuid"), text("account_type"), amount("total_balance_crypto"))


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
    stocks = [_stock(stock) for stock in row.rows("equity_positions")]
    in_stocks = {str(stock.row.get("account_uuid")) for stock in stocks if stock.holds}
    for position in row.rows("spot_positions"):
        is_repeated = kind_of(position) == STOCKS and position.text("account_uuid") in in_stocks
        known = (context.scope.known.get(name, {}) for name in (HELD, WALLETS))
        records = () if is_repeated else tuple(spot_position(position, *known))
        yield from (*records, *(ending(record, kind_of(position)) for record in records if isinstance(record, Earning)))
    for position in row.rows("perp_positions"):
        yield _position(position, mark("perpetual future"), position.amount("net_size"), "position_side")
    for position in row.rows("futures_positions"):
        if position.text("product_id") not in context.scope.known.get(FUTURES, ()):
            yield _position(position, mark("US future"), position.amount("amount"), "side")
    yield from (*stocks, *(ending(stock, STOCKS) for stock in stocks))
    predictions = [_prediction(prediction) for prediction in row.rows("prediction_markets_positions")]
    yield from (*predictions, *(ending(prediction, PREDICTIONS) for prediction in predictions))
    yield from totals(row)


def spot_position(row: Row, held: Mapping[str, Decimal], wallets: Mapping[str, Decimal]) -> Iterable[Record]:
    """Read a row of an asset: staked, lent, or more than the list of accounts shows; debts elsewhere.

    ``held``: what that list shows, by the id of the account; ``wallets``: what the user's wallets show exactly.
    """
    kind, asset, number = kind_of(row), row.hint("asset"), row.text("account_uuid")
    named, figure = asset or row.hint("asset_uuid") or UNKNOWN_TEXT, figure_of(row)
    if kind in PLAIN:
        if number not in held or abs(figure) > abs(held[number]) + ROUNDING:
            yield Balance(
                subject=f"{named}:{number}", row=row.raw, wallet=wallet_of(kind), asset=named, amount=figure, held={}
            )
    elif not is_debt(kind):
        exact = wallets.get(number)
        is_rounded = exact is not None and abs(exact - figure) <= ROUNDING
        yield _earning(row, kind, named, exact if is_rounded else stated_figure(row))


def ending(record: Earning, kind: str) -> EarnTerms:
    """Return how a holding of this kind of account is left."""
    return EarnTerms(subject=record.subject, row={}, ending=ENDINGS.get(kind, ""), seconds=amounts.ZERO)


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
        amount=stated_figure(row),
        held={},
        collateral=kind != CLAWBACK,
    )


def _earning(row: Row, kind: str, asset: str, figure: Decimal | None) -> Earning:
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
        counts_here=True,
    )


def _position(row: Row, kind: str, figure: Decimal, side: str) -> Position:
    return Position(
        subject=row.text("product_id"),
        row=row.raw,
        market=row.text("product_id"),
        kind=kind,
        side=side_in_words(row.hint(side), SIDES),
        amount=figure,
        held={} if figure else {Part.IN_ORDERS: ordered(row)},
    )


def _stock(row: Row) -> Earning:
    own = asset_of(row.inner("total_balance_equity"))
    name = (row.hint("cbrn") or own) if own == UNKNOWN_TEXT else own
    figure = row.inner("total_balance_equity").amount_or_none("value") or amounts.ZERO
    worth = row.raw.get("total_balance_fiat")
    if not figure and worth_of(worth):
        # A value without a number of shares is reported in its own currency.
        name, figure = currency_of(worth), worth_of(worth) or amounts.ZERO
    subject = f"{name}:{row.hint('account_uuid')}"
    return Earning(
        subject=subject,
        row=row.raw,
        product=EARN_PRODUCTS[STOCKS],
        asset=name,
        amount=figure,
        held={},
        state="",
        redeeming=False,
        ready_at=None,
    )


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


def _of_the_own_portfolio(readings: Readings) -> Sequence[Scope] | None:
    """Plan the request for the key's own portfolio, with what other places show exactly."""
    uuid = own_uuid(readings)
    if uuid is None or not is_last_id(uuid):
        return None
    held, wallets = _amounts_in(readings, "accounts", "uuid"), _amounts_in(readings, "wallets", "id")
    positions = (r for r in records_in(readings, "us-futures-positions") if isinstance(r, Position) and r.holds)
    futures = frozenset(position.market for position in positions)
    known = {HELD: held, WALLETS: wallets, FUTURES: futures}
    return [Scope(params={"portfolio_uuid": uuid, "currency": "USD"}, known=known)]


def _amounts_in(readings: Readings, place: str, number: str) -> Mapping[str, Decimal]:
    """Return what a place shows exactly, by the id in field ``number``."""
    shown = (record for record in records_in(readings, place) if isinstance(record, Balance) and record.holds)
    return {str(record.row.get(number)): record.amount for record in shown}


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
        plan=RequestPlan(
            after=("own-portfolio", "accounts", "wallets", "us-futures-positions"), scopes=_of_the_own_portfolio
        ),
        right="View",
    )


BREAKDOWN = _breakdown("breakdown", Area.EARN, "Portfolio: staked, lent and other assets", breakdown)
LOANS = _breakdown("breakdown-loans", Area.DEBTS, "Portfolio: pledged and owed assets", loans)
BREAKDOWNS = (BREAKDOWN, LOANS)
