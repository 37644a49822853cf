"""Binance: the restrictions of an account."""

from collections.abc import Iterable

from auditor.exchanges.binance.identity import ACCOUNT_QUERIES
from auditor.exchanges.binance.limits import API, SAPI, api, sapi
from auditor.exchanges.binance.sources import DOC
from auditor.i18n import _
from auditor.model.records import Area, Record, Restriction
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import flag, inner, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import Surface


@reads(text("data"))
def status(row: Row, _context: Context) -> Iterable[Record]:
    """Read the account's status in Binance's words: only Normal is documented."""
    word = row.text("data")
    if word != "Normal":
        yield Restriction(subject="account-status", row=row.raw, code=word, message=word)


STATUS = Surface(
    id="account-status",
    area=Area.STATUS,
    title="Account status",
    endpoint=Endpoint(
        path="account/status",
        site=SAPI,
        limit=sapi(1),
        rows=object_row,
        source=f"{DOC}, Wallet, Account Status",
    ),
    reader=status,
    value=False,
)


@reads(inner("data", flag("isLocked")))
def api_trading_status(row: Row, _context: Context) -> Iterable[Record]:
    """Read whether trading by API is locked."""
    if row.inner("data").flag("isLocked"):
        message = _("trading by API is locked")
        yield Restriction(subject="api-trading", row=row.raw, code="isLocked", message=message)


API_TRADING_STATUS = Surface(
    id="api-trading-status",
    area=Area.STATUS,
    title="API trading status",
    endpoint=Endpoint(
        path="account/apiTradingStatus",
        site=SAPI,
        limit=sapi(1),
        rows=object_row,
        source=f"{DOC}, Wallet, Account API Trading Status",
    ),
    reader=api_trading_status,
    value=False,
)


@reads(flag("canTrade"), flag("canWithdraw"), flag("canDeposit"))
def permissions(row: Row, _context: Context) -> Iterable[Record]:
    """Read which actions the account itself is barred from, whatever its key may do."""
    activities = {"canTrade": _("trading"), "canWithdraw": _("withdrawing"), "canDeposit": _("depositing")}
    for name, title in activities.items():
        if not row.flag(name):
            message = _("{what} is switched off").format(what=title)
            yield Restriction(subject=name, row={name: False}, code=name, message=message)


PERMISSIONS = Surface(
    id="permissions",
    area=Area.STATUS,
    title="What the account may do",
    endpoint=Endpoint(
        path="account",
        site=API,
        limit=api(20),
        queries=ACCOUNT_QUERIES,
        rows=object_row,
        source=f"{DOC}, Spot, Account information",
    ),
    reader=permissions,
    value=False,
)

ACCOUNT_STATUS = (STATUS, API_TRADING_STATUS, PERMISSIONS)
