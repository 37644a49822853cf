"""Binance: the products that an account has enabled, and plans that depend on them."""

from collections.abc import Iterable, Sequence

from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.sources import DOC
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.model.records import Area, Record
from auditor.model.reference_data import Product
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import flag
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface

NAMES = ("isMarginEnabled", "isFutureEnabled", "isOptionsEnabled", "isPortfolioMarginRetailEnabled")


@reads(*map(flag, NAMES))
def products(row: Row, _context: Context) -> Iterable[Record]:
    """Read which products the account has ever enabled."""
    for name in NAMES:
        yield Product(subject=name, row={}, name=name, enabled=row.flag(name))


PRODUCTS = Surface(
    id="products",
    area=Area.STATUS,
    title="Products that are switched on",
    endpoint=Endpoint(
        path="account/info",
        site=SAPI,
        limit=sapi(1),
        rows=object_row,
        source=f"{DOC}, Wallet, Account info",
    ),
    reader=products,
    value=False,
)


def _when_switched_on(name: str, title: str) -> RequestPlan:
    """Return the plan of one request, unless Binance states that the account lacks product ``name``.

    The request is also sent where Binance's answer is missing.
    """

    def scopes(readings: Readings) -> Sequence[Scope]:
        known = records_in(readings, "products")
        off = any(isinstance(record, Product) and record.name == name and not record.enabled for record in known)
        return [] if off and not is_unread({"products": readings["products"]}) else [Scope()]

    nothing = f"Binance says that {title} was never switched on for this account (account/info)."
    return RequestPlan(after=("products",), scopes=scopes, nothing=nothing)


WITH_MARGIN = _when_switched_on("isMarginEnabled", "margin trading")
WITH_FUTURES = _when_switched_on("isFutureEnabled", "futures trading")
WITH_OPTIONS = _when_switched_on("isOptionsEnabled", "options trading")
WITH_PORTFOLIO_MARGIN = _when_switched_on("isPortfolioMarginRetailEnabled", "portfolio margin")
