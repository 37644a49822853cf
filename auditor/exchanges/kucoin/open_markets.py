"""KuCoin: the markets in which orders may be open.

KuCoin lists open spot and margin orders for one market at a time. The list of those markets is refused to keys that
can only read; then the markets are those of the coins that orders hold. No page says that every order holds some (a
market order in a call auction): so a list that was refused is looked at by eye.
"""

from collections.abc import Iterable, Sequence

from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.i18n import _
from auditor.model.records import Balance, Part, Record
from auditor.model.reference_data import Market, Named
from auditor.spec.fields import MalformedError, texts
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.surface import RequestPlan

MARGIN_TRADE, ISOLATED_TRADE, TRADE = "MARGIN_TRADE", "MARGIN_ISOLATED_TRADE", "TRADE"
MARGIN_TYPES = (MARGIN_TRADE, ISOLATED_TRADE)


@reads(texts("symbols"))
def open_markets(row: Row, _context: Context) -> Iterable[Record]:
    """Read the markets in which the account has open orders."""
    for name in row.texts("symbols"):
        if not name:
            raise MalformedError(_("{name} is blank").format(name="symbols"))
        yield Named(subject=name, row={}, name=name, part="")


def _on_hold(readings: Readings, *wallets: str) -> set[str]:
    """Return the coins of which orders, or anything else, hold some."""
    balances = [record for record in records_in(readings, *wallets) if isinstance(record, Balance)]
    return {b.asset for b in balances if b.held.get(Part.FROZEN) or b.held.get(Part.IN_ORDERS)}


def _markets_of(readings: Readings, coins: set[str]) -> list[str]:
    markets = [record for record in records_in(readings, "markets") if isinstance(record, Market)]
    return [market.subject for market in markets if coins & {market.base, market.quote}]


def _named(readings: Readings, surface: str) -> list[str]:
    return [record.name for record in records_in(readings, surface) if isinstance(record, Named)]


def _spot_scopes(readings: Readings) -> Sequence[Scope] | None:
    """Plan a request for each market; None where the coins on hold, or the markets, are not known."""
    coins = _on_hold(readings, "trade", "other-accounts")
    unknown = ("trade", *(("markets",) if coins else ()))
    if any(is_unread({name: readings[name]}) for name in unknown):
        return None
    names = dict.fromkeys((*_named(readings, "order-markets"), *_markets_of(readings, coins)))
    return [Scope(params={"symbol": name}) for name in names]


def _margin_scopes(readings: Readings) -> Sequence[Scope] | None:
    """Plan a request for each market of the cross margin account, and each isolated pair with coins on hold."""
    coins = _on_hold(readings, "cross-margin")
    unknown = ("cross-margin", "isolated-margin", *(("markets",) if coins else ()))
    if any(is_unread({name: readings[name]}) for name in unknown):
        return None
    crossed = dict.fromkeys((*_named(readings, "cross-order-markets"), *_markets_of(readings, coins)))
    pairs = dict.fromkeys((*_named(readings, "isolated-order-markets"), *_isolated_pairs(readings)))
    by_type = {MARGIN_TRADE: crossed, ISOLATED_TRADE: pairs}
    return [Scope(params={"symbol": name, "tradeType": kind}) for kind, names in by_type.items() for name in names]


def _isolated_pairs(readings: Readings) -> list[str]:
    balances = [record for record in records_in(readings, "isolated-margin") if isinstance(record, Balance)]
    return [b.subject.partition(":")[0] for b in balances if b.held.get(Part.IN_ORDERS)]


NOTHING_ON_HOLD = "Nothing is on hold there, and an open order holds something."
IN_SPOT_MARKETS = RequestPlan(
    after=("trade", "other-accounts", "order-markets", "markets"), scopes=_spot_scopes, nothing=NOTHING_ON_HOLD
)
IN_MARGIN_MARKETS = RequestPlan(
    after=("cross-margin", "isolated-margin", "cross-order-markets", "isolated-order-markets", "markets"),
    scopes=_margin_scopes,
    nothing=NOTHING_ON_HOLD,
)
