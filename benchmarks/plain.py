"""A plain ccxt script: the same calls one after another, or all at once.

A process of its own: ``python -m benchmarks.plain PLAN``, with PLAN as `benchmarks.contestants` writes it.
"""

import asyncio
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

Call = Callable[[], Any]


def run_sequential(plan: Mapping[str, Any]) -> None:
    """Make each call after the previous answer, as fast as ccxt's throttle allows."""
    import ccxt  # noqa: PLC0415 - each way loads what it needs

    clients = _clients(ccxt, plan)
    for account, *call in plan["calls"]:
        with suppress(ccxt.BaseError):
            _method(clients[account], *call)()


async def run_gathered(plan: Mapping[str, Any]) -> None:
    """Make all calls at once; ccxt's throttle decides when they are sent."""
    import ccxt.async_support as ccxt  # noqa: PLC0415 - as above

    clients = _clients(ccxt, plan)
    every = [(account, _method(clients[account], *call)) for account, *call in plan["calls"]]
    lanes = _lanes(every) if len(clients) > 1 else [[call] for _account, call in every]
    await asyncio.gather(*map(_drive, lanes))
    await asyncio.gather(*(client.close() for client in clients.values()))


def _lanes(every: Sequence[tuple[str, Call]]) -> list[list[Call]]:
    """Split the calls into lanes, two for each of several accounts: exchanges refuse a connection for each call."""
    lanes: dict[tuple[str, int], list[Call]] = {}
    for number, (account, call) in enumerate(every):
        lanes.setdefault((account, number % 2), []).append(call)
    return list(lanes.values())


async def _drive(lane: Sequence[Call]) -> None:
    for call in lane:
        with suppress(Exception):
            await call()


def _clients(ccxt: Any, plan: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _client(ccxt, plan, keys) for name, keys in plan["accounts"].items()}


def _client(ccxt: Any, plan: Mapping[str, Any], keys: Mapping[str, str]) -> Any:
    client = getattr(ccxt, plan["exchange"])({**keys, "enableRateLimit": plan["throttle"]})
    client.urls["api"] = _at(client.urls["api"], plan["url"])
    return client


def _at(urls: Any, url: str) -> Any:
    if isinstance(urls, dict):
        return {name: _at(each, url) for name, each in urls.items()}
    return re.sub(r"^https?://[^/]+", url, urls) if isinstance(urls, str) else urls


def _method(client: Any, section: str, path: str, method: str, params: dict[str, str]) -> Callable[[], Any]:
    """Return ccxt's method for the call, which knows its cost, or else its general request method."""
    words = re.split(r"[^A-Za-z0-9]+", path)
    name = section + method.capitalize() + "".join(word[:1].upper() + word[1:] for word in words)
    if hasattr(client, name):
        return lambda: getattr(client, name)(params)
    return lambda: client.fetch2(path, [section], method, params)


def main(arguments: Sequence[str]) -> None:
    """Carry out the plan."""
    plan = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    if plan["gathered"]:
        asyncio.run(run_gathered(plan))
    else:
        run_sequential(plan)


if __name__ == "__main__":
    main(sys.argv[1:])
