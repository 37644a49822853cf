"""A client of a real account's, and a network on which nothing gets further than being noted."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import aiohttp
import pytest
from pydantic import SecretStr

from auditor.audit.audit_once import _open_sessions
from auditor.audit.collector import AccountSession
from auditor.model.account import Account, Options
from auditor.transport.client import TableClient

KEYS = {"apiKey": "made-up-api-key", "secret": "made-up-secret", "password": "made-up-passphrase"}


@dataclass
class Network:
    """``sent``: method and address of every request that was about to leave; ``reached``: whatever else tried to."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not self.sent and not self.reached


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    """Notes what would leave, and lets nothing out."""
    seen = Network()

    async def connect(_self: object, request: aiohttp.ClientRequest, *_rest: object, **_more: object) -> NoReturn:
        seen.sent.append((request.method, str(request.url)))
        raise aiohttp.ClientConnectionError("there is no network")

    def reach(*arguments: object, **_more: object) -> NoReturn:
        seen.reached.append(str(arguments))
        raise OSError("there is no network")

    monkeypatch.setattr(aiohttp.BaseConnector, "connect", connect)
    monkeypatch.setattr(socket, "create_connection", reach)
    monkeypatch.setattr(socket.socket, "connect", reach)
    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", reach)
    return seen


def real_account(**changes: Any) -> Account:
    secrets = {name: SecretStr(value) for name, value in KEYS.items()}
    return Account(**{"name": "mine", "exchange": "okx", "credentials": secrets, **changes})


def table_client(line: AccountSession) -> TableClient:
    """The client of an account at an exchange with a table."""
    assert isinstance(line.client, TableClient)
    return line.client


@pytest.fixture
async def client(network: Network) -> AsyncIterator[TableClient]:
    """The program's own client for a real account at OKX, before it has asked anything."""
    async with _open_sessions([real_account()], Options(pace=0)) as lines:
        yield table_client(lines[0])
