"""OKX: trading bots and recurring buys. Copy trading: `auditor.exchanges.okx.copy_trading`."""

from collections.abc import Iterable

from auditor.exchanges.okx import services
from auditor.exchanges.okx.lists import AFTER_ALGO_ORDER
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.okx.words import BOT_STATES
from auditor.i18n import mark
from auditor.model.records import Area, Bot, Record
from auditor.spec.endpoint import Endpoint, Limit, Query
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import Surface
from auditor.spec.words import state_in_words


def trading_bot(kind: str, *, invested: str) -> Reader:
    """Return the reader of bots that are not finished.

    ``invested``: the field of the investment, as a hint.
    """

    @reads(text("algoId"), text("state"))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        market, state = row.hint("instId"), row.text("state")
        assets = tuple(market.split("-")[:2]) if market else ()
        yield Bot(
            subject=row.text("algoId"),
            row=row.raw,
            kind=kind,
            state=state_in_words(state, BOT_STATES),
            market=market or None,
            assets=(*assets, *filter(None, (row.hint("investmentCcy"),))),
            amount=row.hint_amount(invested),
            asset=row.hint("investmentCcy") or (assets[1] if len(assets) > 1 else None),
            stopped=state in {"no_close_position", "stopped"},
            started_at=row.hint_time("cTime"),
        )

    return read


@reads(text("algoId"), text("state"))
def recurring_buy(row: Row, _context: Context) -> Iterable[Record]:
    """Read a recurring buy: it buys again after the account was emptied."""
    asset = row.hint("investmentCcy") or None
    buys = row.raw.get("recurringList")
    bought = tuple(str(buy.get("ccy")) for buy in buys if isinstance(buy, dict)) if isinstance(buys, list) else ()
    yield Bot(
        subject=row.text("algoId"),
        row=row.raw,
        kind=mark("recurring buy"),
        state=state_in_words(row.text("state"), BOT_STATES),
        market=None,
        assets=(*bought, *filter(None, (asset,))),
        amount=row.hint_amount("amt"),
        asset=asset,
        repeats=True,
        started_at=row.hint_time("cTime"),
    )


@reads(text("algoId"), text("state"))
def signal_bot(row: Row, _context: Context) -> Iterable[Record]:
    """Read a signal bot with its own balance."""
    markets = row.raw.get("instIds")
    names = tuple(map(str, markets)) if isinstance(markets, list) else ()
    yield Bot(
        subject=row.text("algoId"),
        row=row.raw,
        kind=mark("signal bot"),
        state=state_in_words(row.text("state"), BOT_STATES),
        market=", ".join(names) or None,
        assets=tuple({part for name in names for part in name.split("-")[:2]}),
        amount=row.hint_amount("totalEq"),
        asset=None,
        stopped=row.text("state") == "stopped",
        started_at=row.hint_time("cTime"),
    )


def _bots(surface: str, title: str, path: str, reader: Reader, **params: str) -> Surface:
    return Surface(
        id=surface,
        area=Area.BOTS,
        title=title,
        endpoint=Endpoint(
            path=path,
            limit=Limit(20, 2),
            queries=(Query(params=params),),
            pagination=AFTER_ALGO_ORDER,
            source=f"{DOC}, Trading bot, {title}",
        ),
        reader=reader,
        services=services.BOTS,
    )


BOTS = (
    _bots(
        "grid",
        "Spot grid bots",
        "tradingBot/grid/orders-algo-pending",
        trading_bot(mark("spot grid bot"), invested="investment"),
        algoOrdType="grid",
    ),
    _bots(
        "contract-grid",
        "Futures grid bots",
        "tradingBot/grid/orders-algo-pending",
        trading_bot(mark("futures grid"), invested="investment"),
        algoOrdType="contract_grid",
    ),
    _bots(
        "spot-dca",
        "Spot DCA bots",
        "tradingBot/dca/ongoing-list",
        trading_bot(mark("spot DCA bot"), invested="investmentAmt"),
        algoOrdType="spot_dca",
    ),
    _bots(
        "contract-dca",
        "Futures DCA bots",
        "tradingBot/dca/ongoing-list",
        trading_bot(mark("futures DCA"), invested="investmentAmt"),
        algoOrdType="contract_dca",
    ),
    _bots("recurring-buy", "Recurring buys", "tradingBot/recurring/orders-algo-pending", recurring_buy),
    _bots("signal", "Signal bots", "tradingBot/signal/orders-algo-pending", signal_bot, algoOrdType="contract"),
)
