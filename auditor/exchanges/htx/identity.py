"""HTX: the account and rights of a key: this key's row in the list of the user's keys."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from auditor.exchanges.shared.identities import TITLE, identity, key_row
from auditor.exchanges.shared.key_rights import all_in, extra_rights, is_bound, named_rights
from auditor.i18n import _
from auditor.model.clock import now
from auditor.model.snapshot import Key
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, text
from auditor.spec.identity import Ask, Identification, Identity, Lookup
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows
from auditor.spec.spelling import spelled

USER = Site("spot.private", "/")
UID = Endpoint(path="v2/user/uid", site=USER, limit=Limit(1, 1), source="HTX spot API, Account, Get UID")
KEYS = Endpoint(
    path="v2/user/api-key", site=USER, limit=Limit(1, 1), source="HTX spot API, Sub user management, API key query"
)
FIELDS = (text("accessKey"), text("permission"), text("ipAddresses", always_blank))
FACTS = frozenset({"accessKey", "note", "status", "permission", "ipAddresses", "validDays", "createTime", "updateTime"})
LONGEST_DAYS = 5


async def _identify(ask: Ask, apikey: str) -> Identity:
    uid = Row({"data": await ask(UID, {})}, (text("data"),)).text("data")
    key_rows = list_rows(await ask(KEYS, {"uid": uid, "accessKey": apikey}))
    own = [row for row in (key_row(raw, *FIELDS) for raw in key_rows) if row.text("accessKey") == apikey]
    if len(own) != 1:
        raise MalformedError(_("the exchange does not list this key"))
    rights = (*named_rights(own[0].text("permission")), *extra_rights(own[0].raw, FACTS))
    key = Key(
        rights=rights,
        readonly=all_in(rights, {"readOnly"}),
        ip_bound=is_bound(own[0].hint("ipAddresses")),
        expires_at=_expiry(own[0].raw),
    )
    return identity(uid, key, kind="")


def _expiry(raw: Mapping[str, object]) -> datetime | None:
    """Return the end of the days that a key is still valid for; -1 is a permanent one."""
    days = spelled(raw, "validDays")
    is_number = isinstance(days, str) and days.isascii() and days.isdigit() and len(days) < LONGEST_DAYS
    return now() + timedelta(days=int(str(days))) if is_number else None


IDENTIFICATION = Identification(
    account=Lookup(id="key", title=TITLE, endpoint=KEYS), procedure=_identify, further=(UID,)
)
