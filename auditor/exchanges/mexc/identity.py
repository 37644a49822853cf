"""MEXC: the account and rights of a key. Where MEXC does not say what a key may do, it stays unproven."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from auditor.exchanges.shared.identities import TITLE, identity, key_row
from auditor.exchanges.shared.key_rights import all_in, extra_rights, is_bound, named_rights
from auditor.i18n import _
from auditor.model.clock import now
from auditor.model.snapshot import Key, Trouble
from auditor.spec.endpoint import Endpoint, Limit, Site
from auditor.spec.fields import MalformedError, text
from auditor.spec.identity import Ask, Identification, Identity, Lookup
from auditor.spec.parsed_row import Row
from auditor.spec.spelling import spelled
from auditor.transport.errors import RequestFailedError

SPOT = Site("spot.private", "/api/v3/", base="")
KEY = Endpoint(
    path="apiKeyInfo", site=SPOT, limit=Limit(1, 1), source="MEXC spot API, Account, Query API key info, September 2026"
)
UID = Endpoint(path="uid", site=SPOT, limit=Limit(1, 1), source="MEXC spot API, Account, Query UID, November 2025")
FIELDS = (text("accessKey"), text("status"))
FACTS = frozenset({"accessKey", "note", "status", "permissions", "ipWhiteList", "remainingValidity", "createTime"})
VALID = "VALID"
_READ = (
    "SPOT_ACCOUNT",
    "SPOT_DEAL",
    "SPOT_TRANSFER",
    "SPOT_WITHDRAW",
    "SPOT_DEPOSIT",
    "CONTRACT_ACCOUNT",
    "CONTRACT_DEAL",
)
# The pages also shorten _READ to _R.
READING = frozenset(f"{name}_{word}" for name in _READ for word in ("READ", "R"))
LONGEST_DAYS = 5
# Refusals of this one question: that of a right, and any that no page explains.
SILENT = frozenset({Trouble.PERMISSION, Trouble.EXCHANGE})


async def _identify(ask: Ask, apikey: str) -> Identity:
    key = await _key(ask, apikey)
    unknown = Key(rights=(), readonly=False, ip_bound=None)
    return identity(await _uid(ask), key or unknown, kind="", proven=key is not None)


async def _key(ask: Ask, apikey: str) -> Key | None:
    """Return what a key may do, None where MEXC does not say it. Raises a refusal of the key itself."""
    try:
        shown = await ask(KEY, {"accessKey": apikey})
    except RequestFailedError as failed:
        if failed.retry or failed.unread.trouble not in SILENT:
            raise
        return None
    row = key_row(shown, *FIELDS)
    if row.text("accessKey") != apikey:
        raise MalformedError(_("the exchange does not list this key"))
    if row.text("status") != VALID:
        raise MalformedError(_("the exchange says that this key is {status}").format(status=row.text("status")))
    # Not as a strict text: that is cut where it is longer than any name.
    rights = (*named_rights(spelled(row.raw, "permissions")), *extra_rights(row.raw, FACTS))
    return Key(
        rights=rights,
        readonly=all_in(rights, READING),
        ip_bound=is_bound(spelled(row.raw, "ipWhiteList")),
        expires_at=_expiry(row.raw),
    )


async def _uid(ask: Ask) -> str:
    """Return the number of the account, "" where the key may not ask for it."""
    try:
        return Row(await ask(UID, {}), (text("uid"),)).text("uid")
    except RequestFailedError as failed:
        if failed.unread.trouble is not Trouble.PERMISSION:
            raise
        return ""


def _expiry(raw: Mapping[str, object]) -> datetime | None:
    """Return the end of the days that a key is still valid for; -999 is a permanent one."""
    days = spelled(raw, "remainingValidity")
    is_number = isinstance(days, str) and days.isascii() and days.isdigit() and len(days) < LONGEST_DAYS
    return now() + timedelta(days=int(str(days))) if is_number else None


IDENTIFICATION = Identification(
    account=Lookup(id="key", title=TITLE, endpoint=KEY), procedure=_identify, further=(UID,)
)
