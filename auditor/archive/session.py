"""The session of one account: it asks through the audit's transport, and keeps each answer as it came.

Its guard lets out the key's own questions and the lists of the archive, nothing else.
"""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from auditor.archive.raw import RawAnswer
from auditor.i18n import _
from auditor.model.account import Account, Options
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.security.redaction import SECRETS
from auditor.security.secret_forms import check_secret_form
from auditor.settings.origins import addresses, api_origin
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.spec.history import History
from auditor.spec.surface import Surface
from auditor.transport.ccxt.latest_call import ANSWER_HEADERS, NO_HEADERS
from auditor.transport.client import TableClient
from auditor.transport.http_time import header
from auditor.transport.session_pool import SessionPool

# Status and body of this task's latest answer.
_LATEST: ContextVar[tuple[int, str] | None] = ContextVar("LATEST", default=None)


@dataclass(frozen=True, slots=True)
class Session:
    """Asks for one account. ``secrets``: its credentials, which no file may hold."""

    client: TableClient
    secrets: tuple[str, ...]

    def time(self) -> datetime:
        """Return the exchange's time: this computer's clock, and what it is known to be wrong by."""
        return now() + timedelta(seconds=self.client.skew or 0)

    async def ask(self, endpoint: Endpoint, params: Mapping[str, str], kept: list[RawAnswer]) -> object:
        """Return the data of one answer, and add it to ``kept``: also a refusal, which raises."""
        asked_at = now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        _LATEST.set(None)
        try:
            return await self.client.ask(endpoint, params)
        finally:
            latest = _LATEST.get()
            if latest is not None:
                kept.append(self._answer(endpoint, params, asked_at, *latest))

    def _answer(
        self, endpoint: Endpoint, params: Mapping[str, str], asked_at: str, status: int, body: str
    ) -> RawAnswer:
        return RawAnswer(
            asked_at=asked_at,
            method=endpoint.method,
            path=endpoint.full_path(self.client.exchange.api.prefix),
            params=dict(params),
            status=status,
            # Bytes of a header that are no text come as halves of characters, which cannot be written.
            date=(header(ANSWER_HEADERS.get(NO_HEADERS), "Date") or "").encode("ascii", "replace").decode(),
            # An exchange may repeat a key in an answer; the filter reads letter by letter, so only then.
            body=SECRETS.text(body) if any(secret in body for secret in self.secrets) else body,
        )


def _keep(_method: str, _url: str, status: int, body: str) -> None:
    _LATEST.set((status, body))


@asynccontextmanager
async def open_session(account: Account, exchange: Exchange, options: Options) -> AsyncIterator[Session]:
    """Open the session of an account. Raises UserError for what only the user can fix."""
    for name, secret in account.credentials.items():
        check_secret_form(account.exchange, name, secret.get_secret_value(), f"{account.name}: {name}")
    options = replace(options, keep=_keep)
    host = SessionPool(api_origin(account, options), options)
    table = archive_table(exchange)
    client = TableClient(table, account, options, host=host, addresses=addresses(account, options))
    try:
        yield Session(client, tuple(secret.get_secret_value() for secret in account.credentials.values()))
    finally:
        await client.close()
        await host.close()


def archive_table(exchange: Exchange) -> Exchange:
    """Return the exchange with the requests of its archive in place of those of an audit.

    Raises UserError where there are none.
    """
    history = history_of(exchange)
    places = tuple(
        Surface(id=f"{number}", area=Area.STATUS, title="", endpoint=endpoint)
        for number, endpoint in enumerate(history.endpoints())
    )
    return replace(exchange, api=exchange.archive_api or exchange.api, surfaces=places, ledgers=())


def history_of(exchange: Exchange) -> History:
    """Return the lists of an exchange's archive. Raises UserError where there are none."""
    if exchange.history is None:
        raise UserError(_("{exchange}: its history cannot be archived yet.").format(exchange=exchange.name))
    return exchange.history


def in_mode(exchange: Exchange, mode: str | None) -> Exchange:
    """Return the exchange with the lists that an account in a mode has. Raises UserError where there are none."""
    return replace(exchange, history=history_of(exchange).of_mode(mode))


@contextmanager
def disk_errors(path: object) -> Iterator[None]:
    """Turn errors of the disk within the block into a UserError that says how to go on."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        text = _("{path} cannot be written: {why}. What was written is kept: the same command goes on there.")
        raise UserError(text.format(path=path, why=getattr(error, "strerror", None) or error)) from error
