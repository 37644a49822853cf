"""Gate: the account and rights of a key.

The main account's list of keys has this key's row. A sub-account's key is not in it and stays unproven.
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.exchanges.shared.identities import TITLE, identity, key_row
from auditor.exchanges.shared.key_rights import extra_rights, flag_value, is_bound
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, text, texts
from auditor.spec.identity import Ask, Identification, Identity, Lookup
from auditor.spec.parsed_row import Row
from auditor.spec.spelling import spelled

ACCOUNT = Site("private.account", "/api/v4/account/", base="/api/v4")
OWNER = Endpoint(path="detail", site=ACCOUNT, limit=Limit(1, 1), source="Gate API v4, Account, Get account detail")
KEYS = Endpoint(
    path="main_keys", site=ACCOUNT, limit=Limit(1, 1), source="Gate API v4, Account, Get main account's API keys"
)
FACTS = frozenset(
    {"state", "mode", "name", "user_id", "perms", "ip_whitelist", "currency_pairs", "key", "created_at", "updated_at"}
    | {"update_at", "last_access"}
)
# The list shows the first 12 characters of a key, then stars.
MASK, SHORTEST = "*", 8


async def _identify(ask: Ask, apikey: str) -> Identity:
    owner = key_row(await ask(OWNER, {}), text("user_id"), texts("ip_whitelist"))
    key_rows = await ask(KEYS, {})
    if not isinstance(key_rows, list):
        raise MalformedError(_("the data is not a list"))
    own = [raw for raw in key_rows if isinstance(raw, dict) and _is_own(raw, apikey)]
    is_listed = len(own) == 1
    key = _key(own[0]) if is_listed else Key(rights=(), readonly=False, ip_bound=None)
    key = replace(key, ip_bound=is_bound(list(owner.texts("ip_whitelist"))))
    pairs = spelled(owner.raw, "currency_pairs") or (is_listed and spelled(own[0], "currency_pairs"))
    doubt = _("This key sees only some markets: create one without a list of markets.")
    return identity(
        owner.text("user_id"),
        key,
        kind="main" if own else "",
        proven=is_listed,
        doubts=(doubt,) if pairs else (),
    )


def _is_own(raw: dict[str, object], apikey: str) -> bool:
    """Return whether a row is this key's, which the list shows whole or masked."""
    shown = spelled(raw, "key")
    if not isinstance(shown, str):
        return False
    beginning = shown.rstrip(MASK)
    return shown == apikey or (shown != beginning and len(beginning) >= SHORTEST and apikey.startswith(beginning))


def _key(raw: dict[str, object]) -> Key:
    permissions = spelled(raw, "perms")
    if not isinstance(permissions, list) or not permissions:
        raise MalformedError(_("permissions are missing"))
    extra = extra_rights(raw, FACTS)
    rights = tuple(right for permission in permissions for right in _rights(permission))
    readonly = all(right.endswith(":read") for right in rights) and not extra
    return Key(rights=(*rights, *extra), readonly=readonly, ip_bound=None)


def _rights(raw: object) -> Iterator[str]:
    """Yield the right of one permission, and whatever else its row grants."""
    row: Row = key_row(raw, text("name"))
    is_reading = flag_value(spelled(row.raw, "read_only"))
    if is_reading is None:
        raise MalformedError(_("{name} is missing").format(name="read_only"))
    yield f"{row.text('name')}{':read' if is_reading else ':write'}"
    yield from extra_rights(row.raw, {"name", "read_only"})


IDENTIFICATION = Identification(
    account=Lookup(id="key", title=TITLE, endpoint=KEYS), procedure=_identify, further=(OWNER,)
)
