"""KuCoin: what a unified account is refused as a whole, since only classic accounts have it.

The margin and futures accounts of a unified account are one with it, and it can only be made while no order, position
or debt is open (KuCoin support 48142946141359, How to Upgrade to Unified Account, 10 February 2026). No page says
whether, and by which code, its requests for those of classic accounts are refused. So a refusal counts as that only
where KuCoin says that the account is unified, and refuses every place of the product by one code; a person looks at
each. Several codes are several reasons, of which one may be an outage.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from auditor.i18n import mark
from auditor.model.reference_data import Product
from auditor.model.snapshot import NotApplicable, Reading, Standing, Trouble, Unread, seen_records

UNIFIED = "UNIFIED"
WHY = mark("the exchange documents it for some accounts only: {endpoint}")
MARGIN = frozenset(
    {"cross-margin", "isolated-margin", "cross-margin-debts", "isolated-margin-debts", "margin-stop-orders"}
    | {"margin-oco-orders"}
)
FUTURES = frozenset({"futures", "all-futures", "positions", "futures-orders", "futures-stop-orders"})
STOPS = frozenset({"stop-orders", "oco-orders"})
PRODUCTS = (MARGIN, FUTURES, STOPS)
# Not asked since the margin accounts were refused.
AFTER_MARGIN = frozenset({"margin-orders"})


def settle_refusals(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Return the readings of one account, with those by eye that are refused to it as a unified one."""
    refused = [product for product in PRODUCTS if _is_refused(readings, product)] if _is_unified(readings) else []
    by_eye = frozenset().union(*refused) | (AFTER_MARGIN if MARGIN in refused else frozenset())
    return tuple(_by_eye(reading) if reading.surface in by_eye else reading for reading in readings)


def _is_unified(readings: Iterable[Reading]) -> bool:
    modes = [reading for reading in readings if reading.surface == "account-mode"]
    products = [record for mode in modes for record in seen_records(mode.result) if isinstance(record, Product)]
    return not any(isinstance(mode.result, Unread) for mode in modes) and [
        str(one.row.get("mode")) for one in products
    ] == [UNIFIED]


def _is_refused(readings: Iterable[Reading], product: Collection[str]) -> bool:
    """Return whether two requests or more for the product came to one refusal of KuCoin's, and none to more."""
    asked = [one for one in readings if one.surface in product and not isinstance(one.result, NotApplicable)]
    codes = {_refusal_code(one) for one in asked}
    return len({one.endpoint for one in asked}) > 1 and len(codes) == 1 and None not in codes


def _refusal_code(reading: Reading) -> str | None:
    """Return the code by which a place was refused as a whole, else None."""
    result = reading.result
    is_refusal = isinstance(result, Unread) and result.at is None and result.trouble is Trouble.EXCHANGE
    return result.code if isinstance(result, Unread) and is_refusal else None


def _by_eye(reading: Reading) -> Reading:
    if not isinstance(reading.result, Unread):
        return reading
    return replace(reading, standing=Standing.UNDOCUMENTED, by_eye=WHY)
