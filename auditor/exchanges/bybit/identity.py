"""Bybit: the account and rights of a key, the server time, and maintenance.

With ``readOnly`` 1 the key's permissions are what it may read. Source: Bybit V5 API, Get API Key Information and Get
Account Info (2026).
"""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from auditor.exchanges.bybit.sources import DOC, PRIVATE, PUBLIC, documented, public
from auditor.exchanges.shared.identities import TITLE, identity, key_row
from auditor.exchanges.shared.key_rights import extra_rights, flag_value, is_bound, moment
from auditor.i18n import Message, _
from auditor.model import amounts
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.fields import MalformedError, text, texts
from auditor.spec.identity import Ask, Identification, Identity, Lookup, Outage
from auditor.spec.parsed_row import LATEST, Row
from auditor.spec.rows import object_row
from auditor.spec.spelling import spelled
from auditor.transport.errors import RequestFailedError

FACTS = frozenset(
    {"id", "note", "apiKey", "readOnly", "secret", "permissions", "ips", "type", "deadlineDay", "expiredAt"}
    | {"createdAt", "unified", "uta", "userID", "userIDInt64", "inviterID", "vipLevel", "mktMakerLevel", "affiliateID"}
    | {"rsaPublicKey", "isMaster", "parentUid", "kycLevel", "kycRegion", "inviterIDInt64", "affiliateIDInt64"}
)
# The modes of an account by ``unifiedMarginStatus``.
MODES = {"1": "classic", "3": "uta1", "4": "uta1", "5": "uta2", "6": "uta2"}
ISOLATED, UNKNOWN = "isolated", "unknown"
UNIFIED_MODES = frozenset({"uta1", "uta2", ISOLATED, UNKNOWN})

ACCOUNT_INFO = documented("v5/account/info", "Account, Get Account Info", Limit(50, 1), rows=object_row)
KEY = Endpoint(
    path="v5/user/query-api",
    site=PRIVATE,
    limit=Limit(10, 1),
    rows=object_row,
    source=f"{DOC}, User, Get API Key Information",
)


async def _identify(ask: Ask, _apikey: str) -> Identity:
    """Identify the key, then how its account is set up: one that does not say so hides nothing."""
    found = _of_key(key_row(await ask(KEY, {}), *_FIELDS))
    if not found.key.readonly:
        return found
    try:
        return replace(found, mode=_mode(await ask(ACCOUNT_INFO, {})))
    except RequestFailedError as failure:
        why = failure.unread.reason
    except MalformedError as error:
        why = _("The answer was not understood: {error}.").format(error=error)
    return replace(found, mode=UNKNOWN, doubts=(*found.doubts, _unknown_kind(why)))


def _unknown_kind(why: Message) -> Message:
    return _("The kind of this account could not be read: {why}").format(why=why)


def _mode(data: object) -> str:
    """Return the mode of the account. Raises MalformedError for one that Bybit does not document."""
    row = Row(data, (text("unifiedMarginStatus"), text("marginMode")))
    status = row.text("unifiedMarginStatus")
    if status not in MODES:
        raise MalformedError(_("account mode {mode} is not documented").format(mode=status))
    mode = MODES[status]
    return ISOLATED if mode == "uta2" and row.text("marginMode") == "ISOLATED_MARGIN" else mode


def _of_key(row: Row) -> Identity:
    main = _main_uid(row)
    extra = extra_rights(row.raw, FACTS)
    key = Key(
        rights=(*_rights(spelled(row.raw, "permissions")), *extra),
        readonly=row.text("readOnly") == "1" and not extra,
        ip_bound=_is_bound(spelled(row.raw, "ips")),
        expires_at=moment(spelled(row.raw, "expiredAt")),
    )
    return identity(row.text("userID"), key, main=main, kind="sub" if main else "main")


def _main_uid(row: Row) -> str:
    """Return the uid of a sub-account's main account; "" for a main account, and where no other account is named.

    A main account that counted as a sub-account would be excused from its withdrawals; the other way round they are
    only refused.
    """
    parent = spelled(row.raw, "parentUid")
    is_named = isinstance(parent, str) and parent not in {"", "0", row.text("userID")}
    return str(parent) if is_named and flag_value(spelled(row.raw, "isMaster")) is False else ""


def _is_bound(addresses: object) -> bool:
    if not isinstance(addresses, list):
        raise MalformedError(_("{name} is missing").format(name="ips"))
    return is_bound(addresses)


def _rights(boxes: object) -> tuple[str, ...]:
    if not isinstance(boxes, dict) or not all(isinstance(names, list) for names in boxes.values()):
        raise MalformedError(_("permissions are missing"))
    return tuple(f"{group}.{name}" for group, names in boxes.items() for name in names)


_FIELDS = (text("userID"), text("readOnly"))
IDENTIFICATION = Identification(
    account=Lookup(id="key", title=TITLE, endpoint=KEY, fields=_FIELDS, read=_of_key),
    procedure=_identify,
    further=(ACCOUNT_INFO,),
)


def server_time(row: Row) -> datetime:
    """Return Bybit's server time, which it gives in nanoseconds."""
    nanoseconds = amounts.parse(row.text("timeNano"))
    seconds = Decimal(0) if nanoseconds is None else nanoseconds.scaleb(-9)
    if not 0 < seconds < Decimal(LATEST.timestamp()):
        raise MalformedError(_("{name} is not {kind}").format(name="timeNano", kind=_("a time in milliseconds")))
    return datetime.fromtimestamp(float(seconds), UTC)


CLOCK: Lookup[datetime] = Lookup(
    id="clock",
    title="Server time",
    endpoint=Endpoint(
        path="v5/market/time",
        site=PUBLIC,
        section="public",
        limit=Limit(50, 1),
        rows=object_row,
        source=f"{DOC}, Market, Get Bybit Server Time",
    ),
    fields=(text("timeNano"),),
    read=server_time,
)

# Services of the list of maintenance: by WebSocket, which this program never uses.
WEBSOCKETS = frozenset({"3", "4"})
PAPER = "2"


def outage(row: Row) -> Outage | None:
    """Return a maintenance that is announced, ongoing or of an unknown state.

    It counts for the whole exchange: a product's maintenance may hide its orders, positions and money alike.
    """
    state, begin = row.text("state"), row.hint_time("begin")
    announced = state == "scheduled"
    if state in {"completed", "canceled"} or (announced and begin is None):
        return None
    services = frozenset(row.texts("serviceTypes"))
    if services and services <= WEBSOCKETS:
        return None
    return Outage(None, row.hint("title"), paper=row.hint("env") == PAPER, starts_at=begin if announced else None)


STATUS: Lookup[Outage | None] = Lookup(
    id="maintenance",
    title="System maintenance",
    endpoint=public("v5/system/status", "System Status"),
    fields=(text("state"), texts("serviceTypes")),
    read=outage,
)
