"""JSON-RPC beside ccxt: requests whose body names their method, with a token from a login."""

from collections.abc import Mapping
from typing import Any

from auditor.spec.exchange import Exchange
from auditor.transport.rpc import rpc_body


def rpc_class(base: Any, exchange: Exchange) -> Any:
    """Return ccxt's class ``base`` that builds the JSON-RPC requests of the exchange's table; others are ccxt's own.

    ``session_token``: what `auditor.transport.login` got; "" before.
    """
    methods = {(one.ccxt_section, one.method, one.path): one.rpc for one in exchange.endpoints() if one.rpc}
    login = exchange.api.login
    if not methods:
        return base

    class JsonRpc(base):  # type: ignore[misc]
        """Signs with the session's token where the body names the method; what a login sends is made here."""

        session_token = ""

        def sign(self, path: Any, api: Any = "public", method: Any = "GET", params: Any = None, *rest: Any) -> Any:
            """Return URL, method, body and headers of a request."""
            section = ".".join(api) if isinstance(api, list | tuple) else str(api)
            name = methods.get((section, method, path))
            if name is None:
                return super().sign(path, api, method, params or {}, *rest)
            url = f"{self.urls['api'][section]}/{path}"
            is_login = login is not None and name == login.endpoint.rpc
            sent = login.params(self, url) if login is not None and is_login else params or {}
            headers = {"Content-Type": "application/json", **_authorization("" if is_login else self.session_token)}
            return {"url": url, "method": method, "body": rpc_body(name, sent), "headers": headers}

    JsonRpc.__name__ = JsonRpc.__qualname__ = base.__name__
    return JsonRpc


def _authorization(token: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
