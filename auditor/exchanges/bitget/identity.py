"""Bitget: the account and rights of a key.

A unified account states the rights in ``permType``. A classic account answers with codes, whose meaning no page
of the account itself explains: with those of reading alone it stays unproven.
"""

from dataclasses import replace

from auditor.exchanges.shared.identities import TITLE, identity, key_row
from auditor.exchanges.shared.key_rights import all_in, extra_rights, is_bound
from auditor.i18n import Message, _
from auditor.model.snapshot import Key, Trouble
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, text, texts
from auditor.spec.identity import Ask, Identification, Identity, Lookup
from auditor.spec.parsed_row import Row
from auditor.spec.spelling import spelled
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
# With a read-only key these are what it may read (Bitget API, Get account info, 2026); `withdraw` is refused all the
# same.
UNIFIED_RIGHTS = frozenset({"uta_mgt", "uta_trade", "uta_p2p", "p2p", "copy_futures_position", "copy_futures_order"})
CLASSIC_RIGHTS = frozenset({"coor", "cpor", "stor", "smor", "ttor", "wtor", "taxr", "chor", "p2pr", "pllr"})
FACTS = frozenset(
    {"userId", "uid", "inviterId", "parentId", "channelCode", "channel", "ips", "permType", "permissions"}
    | {"authorities", "traderType", "regisTime", "vipLevel"}
)
# Refusals of the key itself: they do not show the kind of account.
OF_THE_KEY = frozenset({Trouble.CREDENTIALS, Trouble.PERMISSION})


async def _identify(ask: Ask, _apikey: str) -> Identity:
    settings = await _settings(ask)
    if settings is None:
        return await _identify_classic(ask)
    return replace(await _identify_unified(ask), doubts=_hybrid(settings))


async def _settings(ask: Ask) -> object | None:
    """Return the settings of a unified account, None for a classic one, which has none.

    Raises a refusal of the key itself.
    """
    try:
        return await ask(SETTINGS, {})
    except RequestFailedError as failed:
        if failed.retry or failed.unread.trouble in OF_THE_KEY:
            raise
        return None


def _hybrid(settings: object) -> tuple[Message, ...]:
    """Return the doubt of an account that is not wholly unified."""
    mode = settings.get("accountMode") if isinstance(settings, dict) else None
    if mode in {None, "unified"}:
        return ()
    text = _("The account's mode is {mode}: no key is shown what its classic wallets hold and held. Look in the app.")
    return (text.format(mode=str(mode)),)


async def _identify_unified(ask: Ask) -> Identity:
    row = key_row(await ask(UNIFIED, {}), text("permType"), texts("permissions"))
    uid, parent = _text(row, "userId", "uid"), _text(row, "parentId")
    if not uid:
        raise MalformedError(_("{name} is missing").format(name="userId"))
    rights = (*row.texts("permissions"), *extra_rights(row.raw, FACTS))
    key = Key(
        rights=(row.text("permType"), *rights),
        readonly=all_in((row.text("permType"),), {"read-only"}) and all_in(rights, UNIFIED_RIGHTS),
        ip_bound=is_bound(spelled(row.raw, "ips")),
    )
    kind = "sub" if parent not in {"", uid} else "main"
    return identity(uid, key, main=parent, kind=kind, mode="unified")


async def _identify_classic(ask: Ask) -> Identity:
    """Return a classic account's identity: unproven, or too wide where a code is none of those that read."""
    row = key_row(await ask(CLASSIC, {}), text("userId"), texts("authorities"))
    rights = (*row.texts("authorities"), *extra_rights(row.raw, FACTS))
    key = Key(rights=rights, readonly=False, ip_bound=is_bound(spelled(row.raw, "ips")))
    return identity(row.text("userId"), key, kind="", mode="classic", proven=not all_in(rights, CLASSIC_RIGHTS))


def _text(row: Row, *names: str) -> str:
    value = spelled(row.raw, *names)
    return value if isinstance(value, str) else ""


IDENTIFICATION = Identification(
    account=Lookup(id="key", title=TITLE, endpoint=UNIFIED), procedure=_identify, further=(SETTINGS, CLASSIC)
)
