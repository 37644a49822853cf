"""ccxt made ready for one account: guarded, exact, with the account's credentials, at the addresses it may reach."""

from collections.abc import Mapping
from copy import copy, deepcopy
from decimal import Decimal
from typing import Any

import aiohttp

from auditor.model.account import Account, Options
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.exact import exact
from auditor.transport.ccxt.loader import exchange_class
from auditor.transport.guard import AllowList, guarded


def model(
    exchange: Exchange, options: Options, allow: AllowList, *, home: str, services: Mapping[str, str], sandbox: bool
) -> Any:
    """Make ccxt's object for ``exchange`` at ``home``, and each of ``services`` at its own. It is nobody's."""
    kind = guarded(exact(exchange_class(exchange.id), exchange, options.keep), allow)
    made = kind(_config(options))
    if sandbox:
        made.set_sandbox_mode(True)
    made.options.update(exchange.api.ccxt_options)
    made.urls["api"] = _sections(exchange, home, services) or _at(made.urls["api"], home)
    return made


def of_account(model: Any, account: Account, session: aiohttp.ClientSession) -> Any:
    """``model`` for one account. What ccxt says of its exchange is shared, some megabyte; what it changes is not."""
    made = copy(model)
    made.options, made.urls = deepcopy(model.options), deepcopy(model.urls)
    for name, secret in account.credentials.items():
        setattr(made, name, secret.get_secret_value())
    made.session = session
    return made


def _config(options: Options) -> dict[str, Any]:
    return {
        "session": None,
        "number": Decimal,
        "timeout": int(options.request_timeout * 1000),
        "enableRateLimit": False,
        "verbose": False,
        "aiohttp_trust_env": False,
    }


def _sections(exchange: Exchange, home: str, services: Mapping[str, str]) -> dict[str, str]:
    """ccxt's base addresses by section, for exchanges with several."""
    sites = {endpoint.site for endpoint in exchange.endpoints() if endpoint.site is not None}
    return {site.section: services.get(site.service, home) + site.prefix.rstrip("/") for site in sites}


def _at(urls: object, origin: str) -> object:
    """ccxt's base addresses, all at ``origin``."""
    if isinstance(urls, dict):
        return {name: _at(url, origin) for name, url in urls.items()}
    return origin
