"""Bitget: the account and rights of a key.

A unified account states the rights in ``permType``. A classic account answers with codes that no page documents.
"""

from auditor.exchanges.shared.identities import TITLE, identity
from auditor.model.snapshot import Key, Trouble
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import Row, text, texts
from auditor.spec.identity import Ask, Identification, Identity, Lookup
from auditor.transport.errors import RequestFailedError

UNIFIED_SITE, SPOT_SITE = Site("private.uta", "/api/"), Site("private.spot", "/api/")
SETTINGS = Endpoint(
    path="v3/account/settings",
    site=UNIFIED_SITE,
    limit=Limit(1, 1),
    source="Bitget API, Unified account, Get account settings",
)
UNIFIED = Endpoint(
    path="v3/account/info",
    site=UNIFIED_SITE,
    limit=Limit(1, 1),
    source="Bitget's own client libraries; not documented",
)
CLASSIC = Endpoint(
    path="v2/spot/account/info",
    site=SPOT_SITE,
    limit=Limit(1, 1),
    source="Bitget API, Spot, Get account information",
)
# Refusals of the key itself: they do not show the kind of account.
OF_THE_KEY = frozenset({Trouble.CREDENTIALS, Trouble.PERMISSION})


async def _identify(ask: Ask, _apikey: str) -> Identity:
    return await (_identify_unified(ask) if await _is_unified(ask) else _identify_classic(ask))


async def _is_unified(ask: Ask) -> bool:
    """Return whether the account is unified: only such a one has settings.

    Raises a refusal of the key itself.
    """
    try:
        await ask(SETTINGS, {})
    except RequestFailedError as failed:
        if failed.retry or failed.unread.trouble in OF_THE_KEY:
            raise
        return False
    return True


async def _identify_unified(ask: Ask) -> Identity:
    row = Row(await ask(UNIFIED, {}), (text("userId"), text("permType"), texts("permissions")))
    parent = row.hint("parentId")
    key = Key(
        rights=(row.text("permType"), *row.texts("permissions")),
        readonly=row.text("permType") == "read-only",
        ip_bound=bool(row.hint("ips")),
    )
    kind = "sub" if parent not in {"", row.text("userId")} else "main"
    return identity(row.text("userId"), key, main=parent, kind=kind, mode="unified")


async def _identify_classic(ask: Ask) -> Identity:
    row = Row(await ask(CLASSIC, {}), (text("userId"), texts("authorities")))
    key = Key(rights=row.texts("authorities"), readonly=False, ip_bound=bool(row.hint("ips")))
    return identity(row.text("userId"), key, kind="", mode="classic", proven=False)


IDENTIFICATION = Identification(
    account=Lookup(id="key", title=TITLE, endpoint=UNIFIED), procedure=_identify, further=(SETTINGS, CLASSIC)
)
