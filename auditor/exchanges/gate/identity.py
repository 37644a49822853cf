"""Gate: the account and rights of a key.

The main account's list of keys has this key's row. A sub-account's key is not in it and stays unproven.
"""

from dataclasses import replace

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, Row, flag, rows, text, texts
from auditor.spec.identity import Ask, Identification, Identity, Lookup

ACCOUNT = Site("private.account", "/api/v4/account/")
OWNER = Endpoint(path="detail", site=ACCOUNT, limit=Limit(1, 1), source="Gate API v4, Account, Get account detail")
KEYS = Endpoint(
    path="main_keys", site=ACCOUNT, limit=Limit(1, 1), source="Gate API v4, Account, Get main account's API keys"
)
PERMISSIONS = rows("perms", text("name"), flag("read_only"))


async def _identify(ask: Ask, apikey: str) -> Identity:
    owner = Row(await ask(OWNER, {}), (text("user_id"), texts("ip_whitelist")))
    key_rows = await ask(KEYS, {})
    if not isinstance(key_rows, list):
        raise MalformedError(_("the data is not a list"))
    own = [Row(raw, (PERMISSIONS,)) for raw in key_rows if isinstance(raw, dict) and raw.get("key") == apikey]
    is_listed = len(own) == 1
    key = replace(_key(own[0].rows("perms") if is_listed else ()), ip_bound=bool(owner.texts("ip_whitelist")))
    key = key if is_listed else replace(key, readonly=False)
    return identity(owner.text("user_id"), key, kind="main" if own else "", proven=is_listed)


def _key(permissions: tuple[Row, ...]) -> Key:
    rights = (f"{row.text('name')}{':read' if row.flag('read_only') else ':write'}" for row in permissions)
    return Key(rights=tuple(rights), readonly=all(row.flag("read_only") for row in permissions), ip_bound=None)


IDENTIFICATION = Identification(
    account=Lookup(id="key", title=TITLE, endpoint=KEYS), procedure=_identify, further=(OWNER,)
)
