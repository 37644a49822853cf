"""ccxt's object for one account: guarded, exact, with the account's credentials and allowed addresses."""

from collections.abc import Mapping
from copy import copy, deepcopy
from typing import Any

import aiohttp

from auditor.model.account import Account, Options
from auditor.spec.endpoint import Site
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.arithmetic import number
from auditor.transport.ccxt.exact import exact_class
from auditor.transport.ccxt.json_rpc import rpc_class
from auditor.transport.ccxt.loader import exchange_class
from auditor.transport.ccxt.nonces import with_rising_nonces
from auditor.transport.ccxt.signing import signing_class
from auditor.transport.freshness import Freshness
from auditor.transport.guard import AllowList, guarded_class


def ccxt_model(
    exchange: Exchange, options: Options, allow: AllowList, *, home: str, services: Mapping[str, str], sandbox: bool
) -> Any:
    """Build ccxt's object for ``exchange`` without credentials, at ``home``.

    Each of ``services`` is at its own origin.
    """
    freshness = Freshness(options.window, checks_clocks=_checks_clocks(exchange))
    base = signing_class(rpc_class(exchange_class(exchange.id), exchange), exchange)
    base = with_rising_nonces(base) if exchange.api.in_order else base
    exact = exact_class(base, exchange, options.keep, freshness)
    ccxt = guarded_class(exact, allow)(_config(options))
    if sandbox:
        ccxt.set_sandbox_mode(True)
    ccxt.options.update(exchange.api.ccxt_options)
    ccxt.urls["api"] = _base_urls(ccxt.urls["api"], home, _sections(exchange, home, services))
    return ccxt


def ccxt_for_account(shared: Any, account: Account, session: aiohttp.ClientSession) -> Any:
    """Copy ``shared`` for one account.

    The exchange's description (about 1 MB) is shared, options and URLs are not.
    """
    ccxt = copy(shared)
    ccxt.options, ccxt.urls = deepcopy(shared.options), deepcopy(shared.urls)
    for name, secret in account.credentials.items():
        setattr(ccxt, name, secret.get_secret_value())
    ccxt.session = session
    return ccxt


def _checks_clocks(exchange: Exchange) -> bool:
    return bool(exchange.api.clock_codes) or exchange.api.refuses_wrong_clocks


def _config(options: Options) -> dict[str, Any]:
    return {
        "session": None,
        "number": number,
        "timeout": int(options.request_timeout * 1000),
        "enableRateLimit": False,
        "verbose": False,
        "aiohttp_trust_env": False,
    }


def _sections(exchange: Exchange, home: str, services: Mapping[str, str]) -> dict[str, str]:
    """Return ccxt's base URLs by section, for exchanges with several sites."""
    sites = {endpoint.site for endpoint in exchange.endpoints() if endpoint.site is not None}
    return {site.section: services.get(site.service, home) + _base(site) for site in sites}


def _base(site: Site) -> str:
    """Return the path that ccxt puts before what its signature writes itself."""
    return site.prefix.rstrip("/") if site.base is None else site.base


def _base_urls(urls: object, home: str, sections: dict[str, str]) -> object:
    """Return ccxt's base URLs: its own names at ``home``, and those of the exchange's sites.

    A section such as ``private.spot`` is one within another, where ccxt has a URL for each.
    """
    own = _at(urls, home)
    if not isinstance(own, dict):
        return sections or own
    for section, url in sections.items():
        outer, _dot, inner = section.partition(".")
        within = own.get(outer)
        if inner and isinstance(within, dict):
            within[inner] = url
            continue
        own[section] = url
        # Of a section such as contract.private ccxt may look up the first part alone.
        if isinstance(within, str):
            own[outer] = url
    return own


def _at(urls: object, origin: str) -> object:
    """Return ccxt's base URLs, all replaced by ``origin``."""
    if isinstance(urls, dict):
        return {name: _at(url, origin) for name, url in urls.items()}
    return origin
