"""Bybit: the table of its regional sites, which serve neither Earn nor the overview of all accounts.

Source: Bybit V5 API documentation, 2026-07-24. Asset Overview: it does not support any regional account. Error Codes,
180004: only users from Bybit's global site can access Earn. How the overview is refused is not documented, so that any
refusal of it counts; of Earn only that code. What answers all the same is read as at the global site.
"""

from dataclasses import replace

from auditor.exchanges.bybit.overview import OVERVIEW_PATH
from auditor.model.records import Area
from auditor.model.snapshot import REFUSALS, Trouble
from auditor.spec.exchange import Exchange
from auditor.spec.surface import NotServed, Surface

REQUIREMENT = "not-shown-on-this-site"
EARN_PATHS = "v5/earn/"
NO_EARN = NotServed(refusals=frozenset({"180004"}), requirement=REQUIREMENT)
NO_OVERVIEW = NotServed(refusals=REFUSALS | {Trouble.REGION}, requirement=REQUIREMENT)


def at_regional_site(table: Exchange) -> Exchange:
    """Return the table as a regional site serves it."""
    # Only the overview shows what a sub-account has in its unified account.
    hidden = (Area.BALANCES, *table.hidden_from_main)
    return replace(table, surfaces=tuple(map(_at_this_site, table.surfaces)), hidden_from_main=hidden)


def _at_this_site(surface: Surface) -> Surface:
    path = "" if surface.endpoint is None else surface.endpoint.path
    if path.startswith(EARN_PATHS):
        return replace(surface, not_served=NO_EARN)
    return replace(surface, not_served=NO_OVERVIEW) if path == OVERVIEW_PATH else surface
