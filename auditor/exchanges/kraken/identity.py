"""Kraken: the account and rights of a key, and maintenance.

GetApiKeyInfo needs no right itself. It comes in camelCase as documented and, as recorded, in snake_case. Any right that
is not among those that read (June 2026) counts as more than reading.
"""

from datetime import datetime

from auditor.exchanges.kraken.sources import private, public
from auditor.exchanges.shared.identities import TITLE, identity, period_doubts
from auditor.exchanges.shared.key_rights import all_in, extra_rights, is_bound, moment, named_rights
from auditor.i18n import _
from auditor.model.snapshot import Key
from auditor.spec.fields import MalformedError, text
from auditor.spec.identity import Ask, Identification, Identity, Lookup, Outage
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row
from auditor.spec.spelling import spelled
from auditor.transport.errors import RequestFailedError

READ_RIGHTS = frozenset({"query-funds", "query-open-trades", "query-closed-trades", "query-ledger", "export-data"})
FACTS = frozenset(
    {"permissions", "apiKeyName", "apiKey", "nonce", "nonceWindow", "iban", "validUntil", "queryFrom", "queryTo"}
    | {"createdTime", "modifiedTime", "ipAllowlist", "lastUsed"}
)


def _identify(row: Row) -> Identity:
    rights = (*named_rights(spelled(row.raw, "permissions")), *extra_rights(row.raw, FACTS))
    addresses = spelled(row.raw, "ipAllowlist")
    # A key of an older kind has no such list: whether it is bound is not said.
    if addresses is not None and not isinstance(addresses, list):
        raise MalformedError(_("{name} is missing").format(name="ipAllowlist"))
    key = Key(
        rights=rights,
        readonly=all_in(rights, READ_RIGHTS),
        ip_bound=None if addresses is None else is_bound(addresses),
        expires_at=moment(spelled(row.raw, "validUntil")),
    )
    limits = (spelled(row.raw, name) for name in ("queryFrom", "queryTo"))
    return identity(row.hint("iban"), key, client=row.hint("iban"), doubts=period_doubts(*limits))


KEY_INFO = private("GetApiKeyInfo", "Get API Key Info", rows=object_row)
ACCOUNT = Lookup(id="key", title=TITLE, endpoint=KEY_INFO, read=_identify)
# What an account answers that is not offered this request.
NOT_OFFERED = "EGeneral:Unknown method"


async def _identify_if_offered(ask: Ask, _apikey: str) -> Identity:
    """Return the identity of a key, one that proves nothing where Kraken does not offer to say it."""
    try:
        (raw,) = KEY_INFO.rows(await ask(KEY_INFO, {}))
    except RequestFailedError as failed:
        if failed.unread.code != NOT_OFFERED:
            raise
        doubt = _("Kraken does not say what this key may do, whose it is, and whether it sees the whole history.")
        return identity("", Key(rights=(), readonly=False, ip_bound=None), kind="", proven=False, doubts=(doubt,))
    return ACCOUNT.answer(raw)


IDENTIFICATION = Identification(account=ACCOUNT, procedure=_identify_if_offered)
# No signature has a time: a nonce must only grow.
CLOCK: Lookup[datetime] = Lookup(id="clock", title="Server time", endpoint=None)

# In the other states orders are restricted, and everything can be read.
READABLE = frozenset({"online", "cancel_only", "post_only", "limit_only"})


def read_outage(row: Row) -> Outage | None:
    """Return an outage of the whole exchange for any state in which its answers cannot be relied on."""
    state = row.text("status")
    return None if state in READABLE else Outage(None, state)


STATUS: Lookup[Outage | None] = Lookup(
    id="maintenance",
    title="System maintenance",
    endpoint=public("SystemStatus", "Get System Status", rows=object_row),
    fields=(text("status"),),
    read=read_outage,
)
