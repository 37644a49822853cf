"""One pass of a watch: the audit itself, dated by the clock of the watch."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from auditor.audit import audit_once as audit
from auditor.audit.report_builder import build_report
from auditor.history.models import ConfiguredAccount
from auditor.history.serialization import Pass
from auditor.model.account import Account, Options
from auditor.model.suppressions import apply_suppressions
from auditor.settings.origins import environment
from auditor.watch.clock import WatchClock
from auditor.watch.loop import MakePass


def pass_maker(accounts: Sequence[Account], options: Options, clock: WatchClock) -> MakePass:
    """Return a function that audits the named ones among ``accounts`` and returns the pass."""

    async def take(names: Sequence[str]) -> Pass:
        started = clock.now()
        selected = [account for account in accounts if account.name in names]
        measured = await audit.take_snapshot(selected, options)
        snapshot = replace(measured, started_at=started, finished_at=clock.now())
        report = apply_suppressions(build_report(snapshot, now=snapshot.finished_at), options.decisions)
        return Pass(started_at=started, finished_at=snapshot.finished_at, report=report, window=snapshot.window)

    return take


def to_configured_account(account: Account) -> ConfiguredAccount:
    """Return the identity under which the history stores an account."""
    return ConfiguredAccount(
        name=account.name,
        exchange=account.exchange,
        environment=environment(account),
        uid=account.uid,
        mark=_mark(account),
    )


def _mark(account: Account) -> str:
    """Return a digest (16 bytes, hex) that identifies the credentials without revealing any."""
    values = {name: secret.get_secret_value() for name, secret in account.credentials.items()}
    return hashlib.blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=16).hexdigest()
