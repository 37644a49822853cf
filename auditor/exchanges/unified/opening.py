"""Prepare ccxt's object for one account: its hosts, its session, and the list of reads that guards it."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.ccxt_account import UnifiedAccount
from auditor.exchanges.unified.recorder import recording_class
from auditor.exchanges.unified.spec import ReadRequest
from auditor.model.account import Account, Options
from auditor.security.urls import url_host
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.loader import exchange_class
from auditor.transport.freshness import Freshness
from auditor.transport.guard import AllowList
from auditor.transport.session_pool import SessionPool
from auditor.transport.silence import Silence

Rebased = Mapping[str, str]
NOT_MOVED: Rebased = MappingProxyType({})


def open_unified_account(
    exchange: Exchange,
    account: Account,
    options: Options,
    host: SessionPool,
    official: tuple[str, ...],
    *,
    regional: Rebased = NOT_MOVED,
) -> UnifiedAccount:
    """Prepare ccxt for ``account``, at ``host`` when it has a base URL, else at the exchange's own hosts.

    ``official``: the exchange's own API hosts; ``regional``: the origins of the account's regional site, by host.
    """
    spec, requests = facts.load_spec(exchange.id), facts.read_requests(exchange.id)
    moved = regional or _moved(account, requests, host.home, official)
    allow = AllowList(
        frozenset((r.section, r.method, r.name) for r in requests),
        frozenset((r.method, moved.get(r.host, f"https://{r.host}"), r.path) for r in requests),
    )
    session = host.session(allow)
    freshness = Freshness(options.window, checks_clocks=False)
    ccxt_class = recording_class(exchange_class(exchange.id), exchange, allow, options.keep, freshness=freshness)
    ccxt = ccxt_class(_config(account, session, options))
    ccxt.silences = (host.limits.silence, Silence(options.pace))
    ccxt.options.update(spec.options if spec else {})
    hosts = ccxt.urls.get("hostnames", {})
    ccxt.urls["api"] = _at(ccxt.urls["api"], hosts, ccxt.hostname, moved)
    ccxt.urls["hostnames"] = _named(hosts, moved)
    calls = {call.id: call for call in spec.calls} if spec else {}
    return UnifiedAccount(ccxt, session, spec, calls, requests)


def _moved(account: Account, requests: tuple[ReadRequest, ...], home: str, hosts: tuple[str, ...]) -> Rebased:
    """Return the replacement of each host: an official base URL replaces the first host, any other all of them."""
    if account.base_url is None:
        return {}
    own = url_host(account.base_url) in hosts
    return {hosts[0]: home} if own else dict.fromkeys({*hosts, *(r.host for r in requests)}, home)


def _at(urls: Any, hosts: Any, host: str | None, moved: Rebased) -> Any:
    """Return ccxt's base URLs with their hosts replaced and paths kept.

    ``hosts``: by section, else ``host``.
    """
    if isinstance(urls, dict):
        below = hosts if isinstance(hosts, dict) else {}
        return {name: _at(url, below.get(name), host, moved) for name, url in urls.items()}
    if not isinstance(urls, str):
        return urls
    parts = urlsplit(urls.replace("{hostname}", hosts if isinstance(hosts, str) else host or ""))
    return moved.get(parts.hostname or "", f"{parts.scheme}://{parts.netloc}") + parts.path


def _named(hosts: Any, moved: Rebased) -> Any:
    """Return the hosts that ccxt signs with a request: those that it is sent to."""
    if isinstance(hosts, dict):
        return {name: _named(host, moved) for name, host in hosts.items()}
    return urlsplit(moved[hosts]).netloc if hosts in moved else hosts


def _config(account: Account, session: aiohttp.ClientSession, options: Options) -> dict[str, Any]:
    return {
        **{name: secret.get_secret_value() for name, secret in account.credentials.items()},
        "session": session,
        "number": Decimal,
        "timeout": int(options.request_timeout * 1000),
        "enableRateLimit": bool(options.pace),
        "verbose": False,
        "aiohttp_trust_env": False,
    }
