"""What all parts of Binance's table share: how a row is written, which products must be on, how long a list is."""

from datetime import UTC, datetime, timedelta
from typing import Any

from auditor.exchanges.binance.account import when_on
from auditor.exchanges.binance.sources import DOC
from auditor.model.snapshot import Standing
from auditor.spec.fields import Field
from auditor.spec.surface import Limit, Numbered, Site, Surface, Windows, listed

UNDOCUMENTED = Standing.UNDOCUMENTED
OPENED = datetime(2017, 7, 1, tzinfo=UTC)
QUARTER, MONTH = timedelta(days=89), timedelta(days=30)
DUE = Windows(span=QUARTER, first=OPENED)
NO_PORTFOLIO_MARGIN = {"-21001": "Binance says that this is no portfolio margin account."}
READERS_REFUSED = frozenset({"-1002", "-2015"})
ROWS, PAGES = listed("rows"), Numbered()


def surface(name: str, title: str, site: Site, path: str, limit: Limit, *proves: Field, **more: Any) -> Surface:
    """One row of the table, with its source in Binance's documentation."""
    documented = f"{DOC}, {more.get('method', 'GET')} {site.prefix}{path}"
    return Surface(
        id=name,
        title=title,
        site=site,
        path=path,
        limit=limit,
        proves=proves,
        source=more.pop("source", documented),
        **more,
    )


def only_with(product: str, name: str) -> dict[str, Any]:
    """Ask only where Binance does not say that the account lacks the product."""
    nothing = f"Binance says that {name} was never switched on for this account (account/info)."
    return {"after": ("products",), "plan": when_on(product), "nothing": nothing}


MARGIN = only_with("isMarginEnabled", "margin trading")
FUTURES = only_with("isFutureEnabled", "futures trading")
OPTIONS = only_with("isOptionsEnabled", "options trading")
PORTFOLIO = only_with("isPortfolioMarginRetailEnabled", "portfolio margin")
