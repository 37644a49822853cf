"""Audit a recording: the real program above a session that has no network."""

import base64
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from pydantic import SecretStr

from auditor.audit.audit_once import audit_once
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options, ProgressEvent
from auditor.model.clock import frozen_clock
from auditor.model.report import Report
from auditor.recording.answers import Recording
from auditor.recording.matching import AnswerBook
from auditor.recording.replay_session import open_replay

ACCOUNT = "recording"
# Nothing is sent, but ccxt signs all the same: a secret in the form that exchanges give them, an Ed25519 key's length.
SECRET = base64.b64encode(bytes(range(64))).decode()


async def replay(recording: Recording, progress: Callable[[ProgressEvent], None] = lambda _event: None) -> Report:
    """Return the report of the recorded audit, made anew by today's program at the recording's time."""
    with frozen_clock(recording.recorded_at):
        return await audit_once([_account(recording)], _options(recording, progress))


def _options(recording: Recording, progress: Callable[[ProgressEvent], None]) -> Options:
    book = AnswerBook(recording.answers, recording.seconds)
    return Options(
        readonly=recording.manner.readonly,
        accept_unproven_key=recording.manner.accept_unproven_key,
        pace=0,
        window=timedelta(days=1).total_seconds(),
        open_session=partial(open_replay, book=book),
        progress=progress,
    )


def _account(recording: Recording) -> Account:
    """Return the account that the recording stands for.

    It counts as a demo: what a recording shows says nothing about an account today.
    """
    values = {"apiKey": recording.key, "secret": SECRET, "password": SECRET, "uid": "0"}
    needed = load(recording.exchange).api.credentials
    return Account(
        name=ACCOUNT,
        exchange=recording.exchange,
        credentials={name: SecretStr(values.get(name, SECRET)) for name in needed},
        sandbox=recording.manner.sandbox,
        demo=True,
        named=recording.manner.named,
    )
