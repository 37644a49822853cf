"""Notification channels: apprise, webhook and command.

A channel that fails raises `NotSentError`, whose text holds no secret.
"""

import asyncio
import contextlib
import importlib
import json
import logging
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp
from pydantic import SecretStr

from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.credentials import ENVIRONMENT, FILE, KEYRING, SecretReader, learn, parse_reference
from auditor.security.locks import install_command
from auditor.security.urls import is_loopback
from auditor.transport.retry import RetryPolicy, retry

SEND_SECONDS = 30.0
SEND_ATTEMPTS = 3
INHERITED_VARIABLES = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "SYSTEMROOT",
    "COMSPEC",
    "PATHEXT",
    "TEMP",
    "TMP",
    "USERPROFILE",
)
"""Variables that the user's command inherits: what programs need to start, and no secret."""
REFERENCE_PREFIXES = tuple(f"{scheme}:" for scheme in (ENVIRONMENT, KEYRING, FILE))


class NotSentError(Exception):
    """A notification that could not be sent; the text is the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification: title, text, and the same content as JSON."""

    title: str
    text: str
    document: Mapping[str, object]


class Channel(Protocol):
    """A notification channel."""

    @property
    def name(self) -> str:
        """Return the name of the channel, without its address."""

    async def send(self, letter: Notification) -> None:
        """Send a notification. Raises NotSentError."""


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """A channel that POSTs the JSON to the user's address. Redirects are not followed.

    ``pause``: seconds before the first retry.
    """

    url: SecretStr = field(repr=False)
    pause: float = 1.0
    name: str = "webhook"

    async def send(self, letter: Notification) -> None:
        """Post the JSON, with retries. Raises NotSentError."""
        await retry(lambda: self._post(letter), self._retries())

    async def _post(self, letter: Notification) -> None:
        timeout = aiohttp.ClientTimeout(total=SEND_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session:
                posting = session.post(self.url.get_secret_value(), json=letter.document, allow_redirects=False)
                async with posting as answer:
                    _check_status(answer.status)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise NotSentError(type(error).__name__) from None

    def _retries(self) -> RetryPolicy:
        return RetryPolicy(
            is_transient=lambda error: isinstance(error, NotSentError),
            attempts=SEND_ATTEMPTS,
            first_wait=self.pause,
            longest_wait=self.pause * 10,
        )


@dataclass(frozen=True, slots=True)
class CommandChannel:
    """A channel that runs the user's command: JSON on stdin, no secrets in its environment."""

    words: tuple[str, ...]
    seconds: float = SEND_SECONDS
    name: str = "command"

    async def send(self, letter: Notification) -> None:
        """Run the command to its end, for at most ``seconds``. Raises NotSentError."""
        devnull = asyncio.subprocess.DEVNULL
        try:
            process = await asyncio.create_subprocess_exec(
                *self.words, stdin=asyncio.subprocess.PIPE, stdout=devnull, stderr=devnull, env=_environment(letter)
            )
        except OSError as error:
            raise NotSentError(error.strerror or type(error).__name__) from None
        data = json.dumps(letter.document).encode()
        try:
            await asyncio.wait_for(process.communicate(data), self.seconds)
        except TimeoutError:
            raise NotSentError(_("it took longer than {count} s").format(count=int(self.seconds))) from None
        finally:
            await _end(process)
        if process.returncode:
            raise NotSentError(_("it ended with code {code}").format(code=process.returncode))


@dataclass(frozen=True, slots=True)
class AppriseChannel:
    """A channel to any service that apprise supports."""

    service: Any = field(repr=False)
    name: str = "apprise"

    async def send(self, letter: Notification) -> None:
        """Send title and text. Raises NotSentError."""
        try:
            sent = await self.service.async_notify(title=letter.title, body=letter.text)
        except Exception as error:  # noqa: BLE001 - each of the hundred services has its own errors
            raise NotSentError(type(error).__name__) from None
        if not sent:
            raise NotSentError(_("the service did not take it"))


def webhook(text: str) -> WebhookChannel:
    """Return a webhook for an address, or for a reference to one. Raises UserError."""
    url = _secret(text, "--webhook")
    try:
        parts = urlsplit(url.get_secret_value())
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    except ValueError:
        is_safe = False
    if not is_safe:
        raise UserError(_("--webhook must be an https:// address, or env:NAME for a variable that holds one."))
    return WebhookChannel(url)


def command(text: str) -> CommandChannel:
    """Return a command from one shell-quoted line. Raises UserError."""
    try:
        words = tuple(shlex.split(text, posix=os.name == "posix"))
    except ValueError:
        words = ()
    if not words:
        raise UserError(_("--notify-command cannot be taken apart into words: look at its quotes."))
    return CommandChannel(words)


def apprise(text: str) -> AppriseChannel:
    """Return a channel for a reference to an apprise address. Raises UserError.

    The address itself is not accepted: it holds a token.
    """
    url = _secret(text, "--notify", literal=False)
    try:
        module = importlib.import_module("apprise")
    except ImportError:
        raise UserError(_("--notify needs a package: {command}").format(command=install_command())) from None
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # apprise logs parts of addresses
    service = module.Apprise()
    if not service.add(url.get_secret_value()):
        raise UserError(_("--notify: apprise knows no such address."))
    return AppriseChannel(service)


def _secret(text: str, option: str, *, literal: bool = True) -> SecretStr:
    if literal and not text.startswith(REFERENCE_PREFIXES):
        learn(text)
        return SecretStr(text)
    reference = parse_reference(text, "url", option)
    vault = SecretReader(Path())
    vault.demand([reference])
    return vault.read(reference)


def _check_status(status: int) -> None:
    if not 200 <= status < 300:  # noqa: PLR2004 - HTTP's success codes
        raise NotSentError(_("it answered {status}").format(status=status))


def _environment(letter: Notification) -> dict[str, str]:
    kept = {name: os.environ[name] for name in INHERITED_VARIABLES if name in os.environ}
    return {**kept, "AUDIT_VERDICT": str(letter.document["verdict"]), "AUDIT_TITLE": letter.title}


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
