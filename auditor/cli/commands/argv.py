"""The command line that repeats a watch, for use in service units.

It is complete but for the defaults, and its paths can be absolute.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from auditor.cli.commands.watch_run import WatchRequest
from auditor.history.database_url import default_file
from auditor.i18n.languages import ENGLISH, OPTION
from auditor.model.account import Options
from auditor.watch.policy import SHORTEST_INTERVAL

OptionValues = Iterator[tuple[str, object]]
_FILE = "file:"
_UNITS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "m"))


def watch_arguments(wanted: WatchRequest, *, language: str = ENGLISH, absolute: bool = True) -> list[str]:
    """Return the arguments after the program's name.

    ``absolute``: make paths absolute, because a unit runs in another folder.
    """
    lang = (OPTION, None if language == ENGLISH else language)
    options = (*_accounts(wanted), lang, *_schedule(wanted), *_telling(wanted))
    return ["watch", *option_words(options, absolute=absolute)]


def option_words(options: Iterable[tuple[str, object]], *, absolute: bool = True) -> list[str]:
    """Return options as words of a command line; those that are None or False are left out."""
    arguments: list[str] = []
    for option, value in options:
        if value is True:
            arguments.append(option)
        elif value not in {None, False}:
            arguments += [option, _argument(value, absolute=absolute)]
    return arguments


def _accounts(wanted: WatchRequest) -> OptionValues:
    choice, manner = wanted.request.choice, wanted.request.manner
    yield from (("--exchange", exchange) for exchange in choice.exchanges)
    yield from (("--account", account) for account in choice.accounts)
    yield "--config", choice.config
    yield "--readonly" if manner.readonly else "--no-readonly", True
    yield "--accept-unproven-key", manner.accept_unproven_key
    yield from (("--base-url", url) for url in choice.base_urls)
    yield from (("--trust-host", host) for host in choice.trust_hosts)
    yield from (("--named", name) for name in choice.named)
    yield "--sandbox", choice.sandbox
    yield "--proxy", choice.proxy
    yield "--expect-uid", choice.expect_uid
    yield "--timeout", f"{manner.timeout:g}"
    yield "--window", None if manner.window == Options().window else f"{manner.window:g}"
    yield from (("--verbose", True) for _time in range(manner.verbose))


def _schedule(wanted: WatchRequest) -> OptionValues:
    policy = wanted.policy
    yield "--history", _history(wanted)
    yield "--cron", None if policy.cron is None else policy.cron.expression
    yield "--every", None if policy.cron is not None and policy.every == SHORTEST_INTERVAL else policy.every
    yield "--longest", policy.longest
    yield "--confirm", policy.confirm
    yield "--until", None if policy.until is None else policy.until.isoformat()
    yield "--max-passes", policy.max_passes
    yield "--once", wanted.once
    yield "--no-wait", wanted.once and not wanted.wait


def _telling(wanted: WatchRequest) -> OptionValues:
    telling = wanted.notifications
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
    """Return the history by full path or URL: the default depends on the environment."""
    if wanted.history is None:
        return default_file()
    is_path = "://" not in wanted.history and not wanted.history.startswith(("env:", "keyring:"))
    return Path(wanted.history) if is_path else wanted.history


def _argument(value: object, *, absolute: bool) -> str:
    if isinstance(value, str) and value.startswith(_FILE) and absolute:
        return _FILE + _argument(Path(value.removeprefix(_FILE)), absolute=True)
    if isinstance(value, Path):
        return str(value.expanduser().absolute() if absolute else value.as_posix())
    if isinstance(value, timedelta):
        return next(
            (f"{value // unit}{name}" for unit, name in _UNITS if value % unit == timedelta(0)), _seconds(value)
        )
    return str(value)


def _seconds(value: timedelta) -> str:
    return f"{int(value.total_seconds())}s"
