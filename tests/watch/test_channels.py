"""Telling people: a webhook, a command, apprise; what fails says so without an address."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from auditor.model.errors import UserError
from auditor.watch.notify import channels as senders
from auditor.watch.notify.channels import (
    AppriseChannel,
    Channel,
    CommandChannel,
    Notification,
    NotSentError,
    WebhookChannel,
)

MESSAGE = Notification(title="a title", text="a text", document={"verdict": "clean", "pass": 3})
apprise_warns = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@asynccontextmanager
async def listening(*statuses: int) -> AsyncIterator[tuple[str, list[Any]]]:
    """A server that answers with these statuses, one after the other, and notes what it was sent."""
    got: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        got.append(await request.json())
        status = statuses[min(len(got), len(statuses)) - 1]
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook-token", got
    finally:
        await runner.cleanup()


async def test_a_webhook_gets_the_json() -> None:
    async with listening(200) as (url, got):
        await WebhookChannel(SecretStr(url)).send(MESSAGE)

    assert [MESSAGE.document] == got


async def test_a_webhook_that_stumbles_is_tried_again() -> None:
    async with listening(503, 200) as (url, got):
        await WebhookChannel(SecretStr(url), pause=0).send(MESSAGE)

    assert 2 == len(got)


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_a_webhook_that_refuses_is_told_and_no_redirect_is_followed(status: int) -> None:
    async with listening(status) as (url, got):
        with pytest.raises(NotSentError, match=f"it answered {status}"):
            await WebhookChannel(SecretStr(url), pause=0).send(MESSAGE)

    assert 3 == len(got)


async def test_a_webhook_that_is_not_there_is_told_without_its_address() -> None:
    with pytest.raises(NotSentError) as told:
        await WebhookChannel(SecretStr("http://127.0.0.1:1/hook-token"), pause=0).send(MESSAGE)

    assert "hook-token" not in str(told.value)


SHOW = "import os, sys; open(sys.argv[1], 'w').write(sys.stdin.read() + chr(10) + repr(dict(os.environ)))"


async def test_a_command_gets_the_json_and_an_environment_without_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_TOKEN", "planted-token")
    file = tmp_path / "shown"

    await CommandChannel((sys.executable, "-c", SHOW, str(file))).send(MESSAGE)

    document, environment = file.read_text().split("\n")
    assert MESSAGE.document == json.loads(document)
    assert "'AUDIT_VERDICT': 'clean'" in environment
    assert "planted-token" not in environment


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((sys.executable, "-c", "raise SystemExit(5)"), "code 5"),
        (("no-such-program-anywhere",), "No such file|cannot find"),
        ((sys.executable, "-c", "import time; time.sleep(60)"), "longer than"),
    ],
)
async def test_a_command_that_fails_is_told(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(NotSentError, match=said):
        await CommandChannel(words, seconds=1.0).send(MESSAGE)


@pytest.mark.parametrize("gone", [OSError("token"), None])
async def test_apprise_that_fails_is_told(gone: Exception | None) -> None:
    class Service:
        async def async_notify(self, **_given: str) -> bool:
            if gone:
                raise gone
            return False

    with pytest.raises(NotSentError) as told:
        await AppriseChannel(Service()).send(MESSAGE)

    assert "token" not in str(told.value)


@pytest.mark.slow("a library that takes long to load")
@apprise_warns
def test_apprise_addresses_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_CHANNEL", "json://localhost/some-token")

    made: Channel = senders.apprise("env:MY_CHANNEL")

    assert "some-token" not in repr(made)
    assert "MY_CHANNEL" not in os.environ


def apprise_at(url: str, monkeypatch: pytest.MonkeyPatch) -> Channel:
    """Apprise's own sender for a plain JSON service at this address."""
    monkeypatch.setenv("MY_CHANNEL", url.replace("http://", "json://"))
    return senders.apprise("env:MY_CHANNEL")


@apprise_warns
async def test_a_message_arrives_through_apprise(monkeypatch: pytest.MonkeyPatch) -> None:
    async with listening(200) as (url, got):
        await apprise_at(url, monkeypatch).send(MESSAGE)

    assert [("a title", "a text")] == [(sent["title"], sent["message"]) for sent in got]


@apprise_warns
@pytest.mark.parametrize("status", [302, 404, 500])
async def test_a_service_of_apprise_that_refuses_is_told_without_its_address(
    status: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(status) as (url, got):
        with pytest.raises(NotSentError, match="the service did not take it") as told:
            await apprise_at(url, monkeypatch).send(MESSAGE)

    assert 1 == len(got)
    assert "hook-token" not in f"{told.value}{caplog.text}"


@apprise_warns
async def test_a_service_of_apprise_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotSentError, match="the service did not take it"):
        await apprise_at("http://127.0.0.1:1/hook-token", monkeypatch).send(MESSAGE)


@pytest.mark.parametrize(
    ("make", "text", "said"),
    [
        (senders.apprise, "json://localhost/some-token", "must say where the secret lies"),
        (senders.webhook, "http://example.com/hook", "must be an https:// address"),
        (senders.webhook, "ftp://example.com/hook", "must be an https:// address"),
        (senders.webhook, "env:NOT_THERE", "Missing in the environment: NOT_THERE"),
        (senders.command, "say 'hello", "taken apart"),
        (senders.command, " ", "taken apart"),
    ],
)
def test_what_nobody_can_be_told_by_is_refused_at_once(make: Any, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        make(text)


def test_one_that_hangs_is_ended() -> None:
    with pytest.raises(NotSentError):
        asyncio.run(CommandChannel((sys.executable, "-c", "import time; time.sleep(60)"), seconds=0.2).send(MESSAGE))
