"""OKX: who a key belongs to, what is under maintenance, and the envelope of every answer."""

from datetime import datetime

from auditor.exchanges.okx.readers import wallets
from auditor.exchanges.okx.sources import DOC
from auditor.i18n import _
from auditor.model.records import Area
from auditor.model.snapshot import Key
from auditor.spec.fields import Malformed, Row, always, text, time
from auditor.spec.surface import Identity, Limit, Outage, Query, Surface, single

MODES = frozenset({"1", "2", "3", "4"})


def identify(row: Row) -> Identity:
    """Who the key belongs to. Read-only is exactly the one right ``read_only``; a right unknown here counts as more."""
    uid, main_uid, mode = row.text("uid"), row.text("mainUid"), row.text("acctLv")
    if mode not in MODES:
        raise Malformed(_("account mode {mode} is not one that OKX documents").format(mode=mode))
    rights = tuple(sorted(right.strip() for right in row.text("perm").split(",")))
    return Identity(
        uid=uid,
        main_uid=main_uid,
        kind="main" if uid == main_uid else "sub",
        mode=mode,
        key=Key(rights=rights, readonly=rights == ("read_only",), ip_bound=row.raw["ip"] != ""),
    )


def outage(row: Row, now: datetime) -> Outage | None:
    """A maintenance that goes on, or should by its own times, or whose state nobody knows."""
    state, begin = row.text("state"), row.hint_time("begin")
    if state in {"completed", "canceled"}:
        return None
    if state == "scheduled" and (begin is None or begin > now):
        return None
    service = row.text("serviceType")
    if service == "0":
        return None
    known = service if service in KNOWN_SERVICES else None
    return Outage(known, row.hint("title"), paper=row.hint("env") == DEMO_TRADING)


DEMO_TRADING = "2"
KNOWN_SERVICES = frozenset({"5", "6", "7", "8", "9", "10", "11", "99"})


def error_code(body: object) -> tuple[str, str] | None:
    """Code and message of an answer that is no success; None for a success or what is no answer of OKX's."""
    if not isinstance(body, dict) or body.get("code") == "0":
        return None
    code = body.get("code")
    return "" if code is None else str(code), str(body.get("msg") or "")


def data(body: object) -> object:
    """What OKX's envelope carries. Raises Malformed when there is none."""
    if not isinstance(body, dict) or body.get("code") != "0" or "data" not in body:
        raise Malformed(_("there is no data in the answer"))
    return body["data"]


IDENTITY = Surface(
    id="account-config",
    area=Area.STATUS,
    title="Account configuration and the key's rights",
    path="account/config",
    limit=Limit(5, 2),
    rows=single,
    proves=(text("uid"), text("mainUid"), text("acctLv"), text("perm"), text("ip", always)),
    read=lambda _row, _context: (),
    source=f"{DOC}, Trading account, Get account configuration",
)
CLOCK = Surface(
    id="clock",
    area=Area.STATUS,
    title="Server time",
    path="public/time",
    section="public",
    limit=Limit(10, 2),
    rows=single,
    proves=(time("ts"),),
    read=lambda _row, _context: (),
    source=f"{DOC}, Public data, Get system time",
)
STATUS = Surface(
    id="maintenance",
    area=Area.STATUS,
    title="System maintenance",
    path="system/status",
    section="public",
    limit=Limit(1, 5),
    proves=(text("state"), text("serviceType")),
    read=lambda _row, _context: (),
    source=f"{DOC}, Status, Get status",
)


LEDGERS = tuple(
    Surface(
        id=f"{wallet}-ledger",
        area=Area.STATUS,
        title=f"Newest entry in the ledger of the {wallet} wallet",
        path=path,
        limit=limit,
        queries=(Query(params={"limit": "1"}),),
        proves=(text("billId"),),
        read=wallets.mark,
        source=f"{DOC}, {page}",
    )
    for wallet, path, limit, page in (
        ("funding", "asset/bills", Limit(6, 1), "Funding account, Asset bills details"),
        ("trading", "account/bills", Limit(5, 1), "Trading account, Get bills details (last 7 days)"),
    )
)
