"""Binance: positions in futures and options."""

from collections.abc import Iterable

from auditor.exchanges.binance.limits import DAPI, EAPI, FAPI_3, PAPI, dapi, eapi, fapi, papi
from auditor.exchanges.binance.products import WITH_FUTURES, WITH_OPTIONS, WITH_PORTFOLIO_MARGIN
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.binance.words import SIDES
from auditor.exchanges.shared.readers import figures
from auditor.i18n import Text, mark
from auditor.model.records import Area, Part, Position, Record
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import Surface
from auditor.spec.words import side_in_words


def position(kind: str) -> Reader:
    """Read a position, or a market with open orders only.

    An isolated one without a position may still hold margin.
    """

    @reads(
        text("symbol"),
        text("positionSide"),
        amount("positionAmt"),
        optional_amount("isolatedMargin"),
        optional_amount("isolatedWallet"),
    )
    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Position(
            subject=f"{row.text('symbol')}:{row.text('positionSide')}",
            row=row.raw,
            market=row.text("symbol"),
            kind=kind,
            side=_side(row),
            amount=row.amount("positionAmt"),
            held=figures(row, {Part.MARGIN: "isolatedMargin", "isolated": "isolatedWallet"}),
        )

    return read


def _side(row: Row) -> Text | None:
    """Return the side; in one-way mode that of the amount's sign."""
    side, amount = row.text("positionSide"), row.hint_amount("positionAmt")
    if side == "BOTH" and amount:
        side = "LONG" if amount > 0 else "SHORT"
    return side_in_words(side, SIDES)


USD_M = Surface(
    id="usd-m-positions",
    area=Area.POSITIONS,
    title="USD-M futures positions",
    endpoint=documented(FAPI_3, "positionRisk", fapi(5)),
    reader=position(mark("USD-M futures")),
    plan=WITH_FUTURES,
)
COIN_M = Surface(
    id="coin-m-positions",
    area=Area.POSITIONS,
    title="COIN-M futures positions",
    endpoint=documented(DAPI, "positionRisk", dapi(1)),
    reader=position(mark("COIN-M futures")),
    plan=WITH_FUTURES,
)


@reads(text("symbol"), text("side"), amount("quantity"))
def option(row: Row, _context: Context) -> Iterable[Record]:
    """Read an option held or written."""
    yield Position(
        subject=f"{row.text('symbol')}:{row.text('side')}",
        row=row.raw,
        market=row.text("symbol"),
        kind=mark("option"),
        side=side_in_words(row.text("side"), SIDES),
        amount=row.amount("quantity"),
        held={},
    )


OPTIONS = Surface(
    id="options-positions",
    area=Area.POSITIONS,
    title="Options positions",
    endpoint=documented(EAPI, "position", eapi(5)),
    reader=option,
    plan=WITH_OPTIONS,
)
PORTFOLIO_USD_M = Surface(
    id="portfolio-usd-m-positions",
    area=Area.POSITIONS,
    title="Portfolio margin: USD-M positions",
    endpoint=documented(PAPI, "um/positionRisk", papi(5)),
    reader=position(mark("USD-M, portfolio margin")),
    plan=WITH_PORTFOLIO_MARGIN,
)
PORTFOLIO_COIN_M = Surface(
    id="portfolio-coin-m-positions",
    area=Area.POSITIONS,
    title="Portfolio margin: COIN-M positions",
    endpoint=documented(PAPI, "cm/positionRisk", papi(5)),
    reader=position(mark("COIN-M, portfolio margin")),
    plan=WITH_PORTFOLIO_MARGIN,
)

POSITIONS = (USD_M, COIN_M, OPTIONS, PORTFOLIO_USD_M, PORTFOLIO_COIN_M)
