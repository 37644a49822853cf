"""OKX: the account and rights of a key, the server time, and maintenance."""

from datetime import datetime

from auditor.exchanges.okx import services
from auditor.exchanges.okx.sources import DOC
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.fields import MalformedError, text, time
from auditor.spec.identity import Identification, Identity, Lookup, Outage
from auditor.spec.parsed_row import Row
from auditor.spec.rows import single_row

ACCOUNT_MODES = frozenset({"1", "2", "3", "4"})
SPOT_MODE = "1"
DEMO_TRADING = "2"


def read_identity(row: Row) -> Identity:
    """Return the account and rights of the key.

    It is read-only only if ``read_only`` is its single right: an unknown right counts as a right to act.
    """
    uid, main_uid, mode = row.text("uid"), row.text("mainUid"), row.text("acctLv")
    if mode not in ACCOUNT_MODES:
        raise MalformedError(_("account mode {mode} is not one that OKX documents").format(mode=mode))
    rights = tuple(sorted(right.strip() for right in row.text("perm").split(",")))
    return Identity(
        uid=uid,
        main_uid=main_uid,
        kind="main" if uid == main_uid else "sub",
        mode=mode,
        borrows=_borrows(row, mode),
        key=Key(rights=rights, readonly=rights == ("read_only",), ip_bound=row.raw["ip"] != ""),
    )


def _borrows(row: Row, mode: str) -> bool | None:
    """Return whether the account can borrow: in spot mode only where it was enabled, in the others always."""
    enabled = row.raw.get("enableSpotBorrow")
    return True if mode != SPOT_MODE else enabled if isinstance(enabled, bool) else None


IDENTIFICATION = Identification(
    account=Lookup(
        id="account-config",
        title="Account configuration and the key's rights",
        endpoint=Endpoint(
            path="account/config",
            limit=Limit(5, 2),
            rows=single_row,
            source=f"{DOC}, Trading account, Get account configuration",
        ),
        fields=(text("uid"), text("mainUid"), text("acctLv"), text("perm"), text("ip", always_blank)),
        read=read_identity,
    )
)


def read_server_time(row: Row) -> datetime:
    """Return OKX's server time."""
    server_time = row.time("ts")
    if server_time is None:
        raise MalformedError(_("{name} is blank").format(name="ts"))
    return server_time


CLOCK = Lookup(
    id="clock",
    title="Server time",
    endpoint=Endpoint(
        path="public/time",
        section="public",
        limit=Limit(10, 2),
        rows=single_row,
        source=f"{DOC}, Public data, Get system time",
    ),
    fields=(time("ts"),),
    read=read_server_time,
)


def read_outage(row: Row) -> Outage | None:
    """Return a maintenance that is announced, ongoing or of an unknown state.

    None for one that is over, that is announced without a time, or of WebSocket, which this program never uses.
    """
    state, begin = row.text("state"), row.hint_time("begin")
    announced = state == "scheduled"
    if state in {"completed", "canceled"} or (announced and begin is None):
        return None
    service = row.text("serviceType")
    if service == services.WEBSOCKET:
        return None
    return Outage(
        service if service in services.KNOWN else None,
        row.hint("title"),
        paper=row.hint("env") == DEMO_TRADING,
        starts_at=begin if announced else None,
    )


STATUS = Lookup(
    id="maintenance",
    title="System maintenance",
    endpoint=Endpoint(
        path="system/status",
        section="public",
        limit=Limit(1, 5),
        source=f"{DOC}, Status, Get status",
    ),
    fields=(text("state"), text("serviceType")),
    read=read_outage,
)
