"""KuCoin: the account and rights of a key, the server time, and maintenance.

Only ``General`` is read-only; every other right can also act. The rights are one text, ``permission``, whose words come
in any order; a further field that names rights counts as well.
"""

from datetime import datetime

from auditor.exchanges.kucoin.sites import PUBLIC, V1, management, public
from auditor.exchanges.kucoin.sources import documented
from auditor.exchanges.shared.identities import TITLE, identity
from auditor.exchanges.shared.key_rights import all_in, extra_rights, flag_value, is_bound, moment, named_rights
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.fields import MalformedError, text, time
from auditor.spec.identity import Identification, Identity, Lookup, Outage
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row
from auditor.spec.spelling import spelled

FACTS = frozenset(
    {"remark", "apiKey", "apiVersion", "permission", "ipWhitelist", "createdAt", "uid", "isMaster", "subName"}
    | {"region", "kycStatus", "siteType", "expiredAt", "thirdPartyApp", "parentUid"}
)


def _identify(row: Row) -> Identity:
    rights = (*named_rights(spelled(row.raw, "permission")), *extra_rights(row.raw, FACTS))
    is_main = flag_value(spelled(row.raw, "isMaster"))
    if is_main is None:
        raise MalformedError(_("{name} is missing").format(name="isMaster"))
    key = Key(
        rights=rights,
        readonly=all_in(rights, {"General"}),
        ip_bound=is_bound(spelled(row.raw, "ipWhitelist")),
        expires_at=moment(spelled(row.raw, "expiredAt")),
    )
    return identity(row.text("uid"), key, kind="main" if is_main else "sub")


IDENTIFICATION = Identification(
    account=Lookup(
        id="key",
        title=TITLE,
        endpoint=documented(V1, "user/api-key", management(20), rows=object_row),
        fields=(text("uid"),),
        read=_identify,
    )
)


def clock_row(data: object) -> list[object]:
    """Return the server's time, which is the whole data, as a row."""
    return [{"time": data}]


def server_time(row: Row) -> datetime:
    """Return KuCoin's server time."""
    moment = row.time("time")
    if moment is None:
        raise MalformedError(_("{name} is blank").format(name="time"))
    return moment


CLOCK: Lookup[datetime] = Lookup(
    id="clock",
    title="Server time",
    endpoint=documented(PUBLIC, "timestamp", public(3), rows=clock_row),
    fields=(time("time"),),
    read=server_time,
)


def outage(row: Row) -> Outage | None:
    """Return an outage of the whole exchange for any state but open: close, cancelonly."""
    return None if row.text("status") == "open" else Outage(None, row.hint("msg") or row.text("status"))


STATUS: Lookup[Outage | None] = Lookup(
    id="maintenance",
    title="System maintenance",
    endpoint=documented(PUBLIC, "status", public(3), rows=object_row),
    fields=(text("status"),),
    read=outage,
)
