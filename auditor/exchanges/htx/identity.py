"""HTX: the account and rights of a key: this key's row in the list of the user's keys."""

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, Row, always_blank, text
from auditor.spec.identity import Ask, Identification, Identity, Lookup
from auditor.spec.rows import list_rows

USER = Site("spot.private", "/")
UID = Endpoint(path="v2/user/uid", site=USER, limit=Limit(1, 1), source="HTX spot API, Account, Get UID")
KEYS = Endpoint(
    path="v2/user/api-key", site=USER, limit=Limit(1, 1), source="HTX spot API, Sub user management, API key query"
)
FIELDS = (text("accessKey"), text("permission"), text("ipAddresses", always_blank))


async def _identify(ask: Ask, apikey: str) -> Identity:
    uid = Row({"data": await ask(UID, {})}, (text("data"),)).text("data")
    key_rows = list_rows(await ask(KEYS, {"uid": uid, "accessKey": apikey}))
    own = [row for row in (Row(raw, FIELDS) for raw in key_rows) if row.text("accessKey") == apikey]
    if len(own) != 1:
        raise MalformedError(_("the exchange does not list this key"))
    rights = tuple(right.strip() for right in own[0].text("permission").split(","))
    key = Key(rights=rights, readonly=rights == ("readOnly",), ip_bound=bool(own[0].hint("ipAddresses")))
    return identity(uid, key, kind="")


IDENTIFICATION = Identification(
    account=Lookup(id="key", title=TITLE, endpoint=KEYS), procedure=_identify, further=(UID,)
)
