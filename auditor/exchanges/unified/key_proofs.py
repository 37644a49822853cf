"""How an exchange says what a key may do, where it documents a way. Facts: each exchange's API documentation.

A right that is not known to be a reading one counts as more. Where an exchange has no such way, there is no entry here,
and the key goes unproven.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from auditor.exchanges.unified.errors import failed
from auditor.exchanges.unified.recorder import Told
from auditor.i18n import Message, _
from auditor.model.snapshot import Key
from auditor.spec.fields import Malformed, Row, always, flag, inner, rows, text, texts
from auditor.spec.surface import Identity

# Ask one of the written-down requests, by ccxt's path; raises what the line raises. And: what the key is called.
Ask = Callable[[str, Mapping[str, str]], Awaitable[Any]]
Proof = Callable[[Ask, str], Awaitable[Identity]]


async def kraken(ask: Ask, _apikey: str) -> Identity:
    """GetApiKeyInfo needs no right itself. Reading rights begin with ``query-``; exporting reads as well."""
    row = _result(await ask("GetApiKeyInfo", {}), "result", texts("permissions"), texts("ipAllowlist"))
    rights = row.texts("permissions")
    reads = all(right.startswith("query-") or right == "export-data" for right in rights)
    part = any(row.hint(name) not in {"", "0"} for name in ("queryFrom", "queryTo"))
    return _identity(
        row.hint("iban"),
        Key(rights=rights, readonly=reads, ip_bound=bool(row.texts("ipAllowlist"))),
        doubts=(_("This key sees only a part of the account's history: create one without a query period."),)
        if part
        else (),
    )


async def bybit(ask: Ask, _apikey: str) -> Identity:
    """``readOnly`` 1: the boxes of the key are then what it may read."""
    row = _result(await ask("v5/user/query-api", {}), "result", text("userID"), text("readOnly"), texts("ips"))
    boxes = row.raw.get("permissions")
    if not isinstance(boxes, dict) or not all(isinstance(names, list) for names in boxes.values()):
        raise Malformed(_("permissions are missing"))
    rights = tuple(f"{group}.{name}" for group, names in boxes.items() for name in names)
    alone = row.raw.get("isMaster") is not False
    return _identity(
        row.text("userID"),
        Key(rights=rights, readonly=row.text("readOnly") == "1", ip_bound=set(row.texts("ips")) not in ({"*"}, set())),
        main="" if alone else row.hint("parentUid"),
        kind="main" if alone else "sub",
    )


async def bitget(ask: Ask, _apikey: str) -> Identity:
    """``permType`` of the unified account. Classic accounts answer with short codes that no page explains."""
    if not await _is_unified(ask):
        return await _bitget_classic(ask)
    row = _result(await ask("v3/account/info", {}), "data", text("userId"), text("permType"), texts("permissions"))
    parent = row.hint("parentId")
    key = Key(
        rights=(row.text("permType"), *row.texts("permissions")),
        readonly=row.text("permType") == "read-only",
        ip_bound=bool(row.hint("ips")),
    )
    kind = "sub" if parent not in {"", row.text("userId")} else "main"
    return replace(_identity(row.text("userId"), key, main=parent, kind=kind), mode="unified")


async def _is_unified(ask: Ask) -> bool:
    """Only a unified account has settings; whoever may not ask or is not known learns nothing from the refusal."""
    try:
        await ask("v3/account/settings", {})
    except Told as refusal:
        if refusal.family in {"AuthenticationError", "PermissionDenied", "InvalidNonce"} or failed(refusal).retry:
            raise
        return False
    return True


async def _bitget_classic(ask: Ask) -> Identity:
    row = _result(await ask("v2/spot/account/info", {}), "data", text("userId"), texts("authorities"))
    key = Key(rights=row.texts("authorities"), readonly=False, ip_bound=bool(row.hint("ips")))
    return replace(_identity(row.text("userId"), key, kind="", proven=False), mode="classic")


async def kucoin(ask: Ask, _apikey: str) -> Identity:
    """Only ``General`` reads and no more; every other right can also act."""
    row = _result(await ask("user/api-key", {}), "data", text("uid"), text("permission"), flag("isMaster"))
    rights = tuple(right.strip() for right in row.text("permission").split(","))
    return _identity(
        row.text("uid"),
        Key(rights=rights, readonly=rights == ("General",), ip_bound=bool(row.hint("ipWhitelist"))),
        kind="main" if row.flag("isMaster") else "sub",
    )


async def gate(ask: Ask, apikey: str) -> Identity:
    """The row of this very key among the main account's keys; a sub-account's key is not in it and goes unproven."""
    owner = Row(await ask("detail", {}), (text("user_id"), texts("ip_whitelist")))
    listed = await ask("main_keys", {})
    if not isinstance(listed, list):
        raise Malformed(_("the data is not a list"))
    of = rows("perms", text("name"), flag("read_only"))
    own = [Row(raw, (of,)) for raw in listed if isinstance(raw, dict) and raw.get("key") == apikey]
    perms = own[0].rows("perms") if len(own) == 1 else ()
    rights = tuple(f"{p.text('name')}{':read' if p.flag('read_only') else ':write'}" for p in perms)
    key = Key(
        rights=rights,
        readonly=len(own) == 1 and all(perm.flag("read_only") for perm in perms),
        ip_bound=bool(owner.texts("ip_whitelist")),
    )
    return _identity(owner.text("user_id"), key, kind="main" if own else "", proven=len(own) == 1)


async def coinbase(ask: Ask, _apikey: str) -> Identity:
    """Seeing without trading and moving. A key belongs to one portfolio."""
    names = ("can_view", "can_trade", "can_transfer")
    row = Row(await ask("brokerage/key_permissions", {}), (*map(flag, names), text("portfolio_uuid")))
    rights = tuple(name for name in names if row.flag(name))
    key = Key(rights=rights, readonly=rights == ("can_view",), ip_bound=None)
    return _identity(row.text("portfolio_uuid"), key, kind="")


async def htx(ask: Ask, apikey: str) -> Identity:
    """The row of this very key among the user's."""
    uid = Row(await ask("v2/user/uid", {}), (text("data"),)).text("data")
    answer = Row(
        await ask("v2/user/api-key", {"uid": uid, "accessKey": apikey}),
        (rows("data", text("accessKey"), text("permission"), text("ipAddresses", always)),),
    )
    own = [row for row in answer.rows("data") if row.text("accessKey") == apikey]
    if len(own) != 1:
        raise Malformed(_("the exchange does not list this key"))
    rights = tuple(right.strip() for right in own[0].text("permission").split(","))
    key = Key(rights=rights, readonly=rights == ("readOnly",), ip_bound=bool(own[0].hint("ipAddresses")))
    return _identity(uid, key, kind="")


PROOFS: Mapping[str, Proof] = {
    "kraken": kraken,
    "bybit": bybit,
    "bitget": bitget,
    "kucoin": kucoin,
    "gate": gate,
    "coinbase": coinbase,
    "htx": htx,
}


def unproven() -> Identity:
    """Of an exchange that cannot be asked."""
    doubt = _("What the key may do, and whose it is, cannot be asked here.")
    key = Key(rights=(), readonly=False, ip_bound=None)
    return Identity(
        uid="", main_uid="", kind="", mode=None, key=key, proven=False, nameless=True, doubts=(doubt,)
    )  # fmt: skip


def _identity(
    uid: str, key: Key, *, main: str = "", kind: str = "main", proven: bool = True, doubts: tuple[Message, ...] = ()
) -> Identity:
    return Identity(
        uid=uid,
        main_uid=main or (uid if kind == "main" else ""),
        kind=kind,
        mode=None,
        key=key,
        proven=proven,
        nameless=not uid,
        doubts=doubts,
    )


def _result(body: object, name: str, *fields: Any) -> Row:
    return Row(body, (inner(name, *fields),)).inner(name)
