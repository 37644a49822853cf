"""A client that signs on its own, so that the demo's signature check has a witness."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from auditor.demo import Account, DemoExchange, serve

MINE = Account("mine", apikey="demo-mine-key", secret="demo-mine-secret", passphrase="demo-mine-passphrase")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: Any

    @property
    def code(self) -> str:
        return str(self.body["code"])

    @property
    def data(self) -> list[Any]:
        rows: list[Any] = self.body["data"]
        return rows

    def column(self, name: str) -> list[Any]:
        return [row[name] for row in self.data]


@dataclass(frozen=True)
class Client:
    """One account's user at one demo exchange."""

    exchange: DemoExchange
    account: Account

    def get(self, path: str, **query: Any) -> Answer:
        return self.send("GET", target(path, query), self.headers("GET", target(path, query)))

    def post(self, path: str, body: dict[str, Any]) -> Answer:
        text = json.dumps(body)
        return self.send("POST", target(path, {}), self.headers("POST", target(path, {}), text), text)

    def headers(self, method: str, where: str, body: str = "", when: str = "") -> dict[str, str]:
        when = when or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + "123Z"
        digest = hmac.new(self.account.secret.encode(), f"{when}{method}{where}{body}".encode(), hashlib.sha256)
        signed = {
            "OK-ACCESS-KEY": self.account.apikey,
            "OK-ACCESS-PASSPHRASE": self.account.passphrase,
            "OK-ACCESS-TIMESTAMP": when,
            "OK-ACCESS-SIGN": base64.b64encode(digest.digest()).decode(),
            "Content-Type": "application/json",
        }
        return signed | ({"x-simulated-trading": "1"} if self.account.simulated else {})

    def send(self, method: str, where: str, headers: dict[str, str], body: str = "") -> Answer:
        url, data = self.exchange.url + where, body.encode() or None
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return Answer(response.status, json.loads(response.read()))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, json.loads(error.read()))


def target(path: str, query: dict[str, Any]) -> str:
    return f"/api/v5/{path}" + (f"?{urlencode(query)}" if query else "")


Connect = Callable[..., Client]


@pytest.fixture
def mine() -> Account:
    """An empty account in spot mode."""
    return MINE


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Start an exchange with one account (limits off unless asked for) and be its user."""
    with ExitStack() as stack:

        def start(account: Account = MINE, *others: Account, limits: bool = False, **options: Any) -> Client:
            return Client(stack.enter_context(serve([account, *others], limits=limits, **options)), account)

        yield start
