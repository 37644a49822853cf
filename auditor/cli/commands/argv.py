"""The command line of a watch, from what was asked: whole, with the defaults left out and every file named for good."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from auditor.cli.commands.watch_run import WatchRequest
from auditor.history.database_url import default_file
from auditor.i18n.languages import ENGLISH, OPTION
from auditor.model.account import Options
from auditor.watch.policy import LEAST

Words = Iterator[tuple[str, object]]
_FILE = "file:"
_UNITS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "m"))


def words(wanted: WatchRequest, *, language: str = ENGLISH, absolute: bool = True) -> list[str]:
    """Write the words behind the program's name. ``absolute``: a unit runs in another folder."""
    lang = (OPTION, None if language == ENGLISH else language)
    found = ["watch"]
    for option, value in (*_accounts(wanted), lang, *_schedule(wanted), *_telling(wanted)):
        if value is True:
            found.append(option)
        elif value not in {None, False}:
            found += [option, _written(value, absolute=absolute)]
    return found


def _accounts(wanted: WatchRequest) -> Words:
    choice, manner = wanted.request.choice, wanted.request.manner
    yield from (("--exchange", exchange) for exchange in choice.exchanges)
    yield from (("--account", account) for account in choice.accounts)
    yield "--config", choice.config
    yield "--readonly" if manner.readonly else "--no-readonly", True
    yield "--accept-unproven-key", manner.accept_unproven_key
    yield "--base-url", choice.base_url
    yield from (("--trust-host", host) for host in choice.trust_hosts)
    yield from (("--named", name) for name in choice.named)
    yield "--sandbox", choice.sandbox
    yield "--proxy", choice.proxy
    yield "--expect-uid", choice.expect_uid
    yield "--timeout", f"{manner.timeout:g}"
    yield "--window", None if manner.window == Options().window else f"{manner.window:g}"
    yield "--verbose", manner.verbose


def _schedule(wanted: WatchRequest) -> Words:
    policy = wanted.policy
    yield "--history", _history(wanted)
    yield "--cron", None if policy.cron is None else policy.cron.expression
    yield "--every", None if policy.cron is not None and policy.every == LEAST else policy.every
    yield "--longest", policy.longest
    yield "--confirm", policy.confirm
    yield "--until", None if policy.until is None else policy.until.isoformat()
    yield "--max-passes", policy.max_passes
    yield "--once", wanted.once
    yield "--no-wait", wanted.once and not wanted.wait


def _telling(wanted: WatchRequest) -> Words:
    telling = wanted.telling
    yield "--format", wanted.form
    yield "--output", wanted.request.output.file
    yield "--html", wanted.html
    yield from (("--notify", reference) for reference in telling.apprise)
    yield from (("--webhook", url) for url in telling.webhooks)
    yield "--notify-command", telling.command
    yield "--notify-amounts", telling.amounts
    yield "--metrics-file", telling.metrics
    yield "--stale-after", telling.stale_after


def _history(wanted: WatchRequest) -> object:
    """A file is named for good: the default one depends on whose environment it is."""
    if wanted.history is None:
        return default_file()
    plain = "://" not in wanted.history and not wanted.history.startswith(("env:", "keyring:"))
    return Path(wanted.history) if plain else wanted.history


def _written(value: object, *, absolute: bool) -> str:
    if isinstance(value, str) and value.startswith(_FILE) and absolute:
        return _FILE + _written(Path(value.removeprefix(_FILE)), absolute=True)
    if isinstance(value, Path):
        return str(value.expanduser().absolute() if absolute else value.as_posix())
    if isinstance(value, timedelta):
        return next(
            (f"{value // unit}{name}" for unit, name in _UNITS if value % unit == timedelta(0)), _seconds(value)
        )
    return str(value)


def _seconds(value: timedelta) -> str:
    return f"{int(value.total_seconds())}s"
