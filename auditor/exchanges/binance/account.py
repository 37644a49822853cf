"""Binance: who a key belongs to and what it may do, which products are on, what is restricted, the envelope."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from auditor.exchanges.binance.readers.rows import not_read, records_of
from auditor.exchanges.binance.sources import API, DOC, PUBLIC, SAPI, SEEN, api, sapi
from auditor.i18n import _
from auditor.model.records import Area, Record, Restriction
from auditor.model.reference_data import Product
from auditor.model.snapshot import Key, Reading
from auditor.spec.fields import Row, flag, inner, text, time
from auditor.spec.surface import Context, Identity, Outage, Plan, Query, Rights, Scope, SubOnly, Surface, only, whole

READING = frozenset({"enableReading", "enableFixReadOnly"})
FACTS = frozenset({"ipRestrict", "createTime", "tradingAuthorityExpirationTime"})
FLAGS = ("enable", "permits")
DANGEROUS = (
    "enableWithdrawals",
    "enableSpotAndMarginTrading",
    "enableFutures",
    "enableMargin",
    "enableInternalTransfer",
    "permitsUniversalTransfer",
    "enableVanillaOptions",
)
PRODUCTS = ("isMarginEnabled", "isFutureEnabled", "isOptionsEnabled", "isPortfolioMarginRetailEnabled")
SUCCESSES = frozenset({"0", "000000", "200"})


def rights(row: Row) -> Key:
    """What the key may do. Any flag that is not false counts as a right, also one that nobody knows yet."""
    granted = {name for name, value in row.raw.items() if name not in FACTS and _granted(name, value)}
    readonly = granted <= READING and row.flag("enableReading")
    return Key(rights=tuple(sorted(granted)), readonly=readonly, ip_bound=row.flag("ipRestrict"))


def _granted(name: str, value: object) -> bool:
    said = value is True or (isinstance(value, str) and value.lower() == "true")
    return said or (name.startswith(FLAGS) and value is not False)


def identify(row: Row) -> Identity:
    """Whose the key is. That it is a sub-account's, and what it may do, other questions say."""
    uid = row.text("uid")
    return Identity(uid=uid, main_uid=uid, kind="main", mode=None, key=Key(rights=(), readonly=False, ip_bound=None))


def outage(row: Row, _now: datetime) -> Outage | None:
    """Anything but the state 0 is a maintenance of everything."""
    return None if row.text("status") == "0" else Outage(None, row.hint("msg"))


def error_code(body: object) -> tuple[str, str] | None:
    """Code and message of an answer that is no success. Some successes carry an envelope, most do not."""
    if not isinstance(body, dict):
        return None
    code = body.get("code")
    if (code is None or code in SUCCESSES) and body.get("success") is not False:
        return None
    return str(code), str(body.get("msg") or body.get("message") or "")


def as_it_is(body: object) -> object:
    """Binance has no envelope that every answer shares."""
    return body


def product(row: Row, _context: Context) -> Iterable[Record]:
    """Which products the account has ever switched on."""
    for name in PRODUCTS:
        yield Product(subject=name, row={}, name=name, enabled=row.flag(name))


def when_on(name: str) -> Plan:
    """Ask once unless Binance says that the account has not this product; also when it did not say."""

    def plan(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope]:
        products = records_of(read, "products")
        off = any(isinstance(found, Product) and found.name == name and not found.enabled for found in products)
        return [] if off and not not_read({"products": read["products"]}) else [Scope()]

    return plan


def status(row: Row, _context: Context) -> Iterable[Record]:
    """The account's status in Binance's own word: only Normal is documented."""
    said = row.text("data")
    if said != "Normal":
        yield Restriction(subject="account-status", row=row.raw, code=said, message=said)


def trading_status(row: Row, _context: Context) -> Iterable[Record]:
    """Whether trading by API is locked."""
    if row.inner("data").flag("isLocked"):
        message = _("trading by API is locked")
        yield Restriction(subject="api-trading", row=row.raw, code="isLocked", message=message)


def permissions(row: Row, _context: Context) -> Iterable[Record]:
    """What the account itself, whatever the key, may not do."""
    names = {"canTrade": _("trading"), "canWithdraw": _("withdrawing"), "canDeposit": _("depositing")}
    for name, what in names.items():
        if not row.flag(name):
            message = _("{what} is switched off").format(what=what)
            yield Restriction(subject=name, row={name: False}, code=name, message=message)


def _nothing(_row: Row, _context: Context) -> Iterable[Record]:
    return ()


RIGHTS = Rights(
    surface=Surface(
        id="key-rights",
        area=Area.STATUS,
        title="The key's rights",
        path="account/apiRestrictions",
        site=SAPI,
        limit=sapi(1),
        rows=whole,
        proves=(flag("ipRestrict"), flag("enableReading"), *(flag(name) for name in DANGEROUS)),
        read=_nothing,
        source=f"{DOC}, Wallet, Get API Key Permission",
    ),
    read=rights,
)
SUB_ONLY = SubOnly(
    surface=Surface(
        id="account-kind",
        area=Area.STATUS,
        title="Main account or sub-account",
        path="sub-account/transfer/subUserHistory",
        site=SAPI,
        limit=sapi(1),
        queries=(Query(params={"limit": "1"}),),
        rows=only,
        proves=(),
        read=_nothing,
        source=f"{DOC}, Sub-account, Sub-account Transfer History (For Sub-account); the code: {SEEN}",
    ),
    codes=frozenset({"-12022"}),
)
ACCOUNT_QUERY = (Query(params={"omitZeroBalances": "true"}),)
IDENTITY = Surface(
    id="account",
    area=Area.STATUS,
    title="Whose key it is",
    path="account",
    site=API,
    limit=api(20),
    queries=ACCOUNT_QUERY,
    rows=whole,
    proves=(text("uid"),),
    read=_nothing,
    source=f"{DOC}, Spot, Account information",
)
CLOCK = Surface(
    id="clock",
    area=Area.STATUS,
    title="Server time",
    path="time",
    site=PUBLIC,
    limit=api(1),
    rows=whole,
    proves=(time("serverTime"),),
    read=_nothing,
    source=f"{DOC}, Spot, Check server time",
)
STATUS = Surface(
    id="maintenance",
    area=Area.STATUS,
    title="System maintenance",
    path="system/status",
    site=SAPI,
    limit=sapi(1),
    rows=whole,
    proves=(text("status"),),
    read=_nothing,
    source=f"{DOC}, Wallet, System Status",
)
SURFACES = (
    Surface(
        id="products",
        area=Area.STATUS,
        title="Products that are switched on",
        path="account/info",
        site=SAPI,
        limit=sapi(1),
        rows=whole,
        proves=tuple(flag(name) for name in PRODUCTS),
        read=product,
        value=False,
        source=f"{DOC}, Wallet, Account info",
    ),
    Surface(
        id="account-status",
        area=Area.STATUS,
        title="Account status",
        path="account/status",
        site=SAPI,
        limit=sapi(1),
        rows=whole,
        proves=(text("data"),),
        read=status,
        value=False,
        source=f"{DOC}, Wallet, Account Status",
    ),
    Surface(
        id="api-trading-status",
        area=Area.STATUS,
        title="API trading status",
        path="account/apiTradingStatus",
        site=SAPI,
        limit=sapi(1),
        rows=whole,
        proves=(inner("data", flag("isLocked")),),
        read=trading_status,
        value=False,
        source=f"{DOC}, Wallet, Account API Trading Status",
    ),
    Surface(
        id="permissions",
        area=Area.STATUS,
        title="What the account may do",
        path="account",
        site=API,
        limit=api(20),
        queries=ACCOUNT_QUERY,
        rows=whole,
        proves=tuple(flag(name) for name in ("canTrade", "canWithdraw", "canDeposit")),
        read=permissions,
        value=False,
        source=f"{DOC}, Spot, Account information",
    ),
)
