"""The systemd unit of a fleet's worker: one an egress, without secrets."""

import sys
from collections.abc import Iterator
from pathlib import Path

from auditor.cli.commands.argv import OptionValues, option_words
from auditor.cli.commands.service_units import (
    FOLDER,
    check_webhooks,
    credential_steps,
    for_systemd,
    named_variables,
    program,
)
from auditor.cli.options.fleet_groups import WorkRequest
from auditor.cli.runtime.reader import Runtime
from auditor.i18n import _
from auditor.i18n.languages import ENGLISH, OPTION
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.security.credentials_template import VAULT, parse_template
from auditor.security.credentials_vault import ADDRESS, ROLE, SECRET

UNIT = """\
# Save as /etc/systemd/system/{name}.service, put each secret into a file of its own, for root alone (chmod 600),
{steps}
# then: systemctl daemon-reload && systemctl enable --now {name}.service
# An egress has one unit, on one machine at a time. To move it, stop it here and start the same unit there.
[Unit]
Description=Audit exchange accounts through the egress {egress} (read-only)
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
DynamicUser=yes
StateDirectory={name}
ExecStart={command}
{environment}{credentials}# A verdict (blocked, incomplete, refused) is no failure, nor is being stopped.
SuccessExitStatus=1 3 4 143
Restart=always
RestartSec=1min
TimeoutStopSec={stop}s
UMask=0077
LimitCORE=0
LimitNOFILE=65536
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
"""
VAULT_FILE = f"# In this file: {ADDRESS}=the address of your vault\nEnvironmentFile=/etc/{FOLDER}/vault.env\n"
MARGIN = 30
"""Seconds that a worker needs beside its grace."""


def print_unit(request: WorkRequest, runtime: Runtime) -> int:
    """Print the unit and return the exit code. Raises UserError."""
    parse_template(request.credentials)
    check_webhooks(request.news.webhook or ())
    sys.stdout.write(unit(request, runtime.console.language))
    return 0


def unit(request: WorkRequest, language: str = ENGLISH) -> str:
    """Return a systemd service that works at an egress. Raises UserError for a word that no unit can hold."""
    names, words = list(_variables(request)), [*program(), *_arguments(request, language)]
    for word in words:
        if not word.isprintable():
            raise UserError(_("No unit can hold {word!r}: rename it.").format(word=word))
    name = f"{FOLDER}-{request.egress}"
    needs_address = request.credentials.startswith(f"{VAULT}:")
    return UNIT.format(
        name=name,
        egress=request.egress,
        steps=credential_steps(names, f"#   /etc/{FOLDER}/{{name}}"),
        command=" ".join(map(for_systemd, words)),
        environment=VAULT_FILE if needs_address else "",
        credentials="".join(f"LoadCredential={variable}:/etc/{FOLDER}/{variable}\n" for variable in names),
        stop=int(request.grace.total_seconds()) + MARGIN,
    )


def _arguments(request: WorkRequest, language: str) -> list[str]:
    return ["fleet", "work", *option_words(_options(request, language))]


def _options(request: WorkRequest, language: str) -> OptionValues:
    yield "--egress", request.egress
    yield "--history", _history(request.history)
    yield "--credentials", _credentials(request.credentials)
    yield OPTION, None if language == ENGLISH else language
    yield from _schedule(request)
    yield "--readonly" if request.manner.readonly else "--no-readonly", True
    yield "--accept-unproven-key", request.manner.accept_unproven_key
    yield from (("--trust-host", host) for host in request.access.trust_host or ())
    yield "--proxy", request.access.proxy
    yield "--slots", request.slots
    yield "--share", None if request.share == 1 else str(request.share)
    yield "--grace", request.grace
    yield from (("--notify", reference) for reference in request.news.notify or ())
    yield from (("--webhook", url) for url in request.news.webhook or ())
    yield "--notify-command", request.news.notify_command
    yield "--timeout", f"{request.manner.timeout:g}"
    yield "--window", None if request.manner.window == Options().window else f"{request.manner.window:g}"
    yield from (("--verbose", True) for _time in range(request.manner.verbose))


def _schedule(request: WorkRequest) -> OptionValues:
    schedule = request.schedule
    yield "--every", schedule.every
    yield "--longest", schedule.longest
    yield "--cron", schedule.cron
    yield "--confirm", schedule.confirm
    yield "--until", None if schedule.until is None else schedule.until.isoformat()


def _history(history: str | None) -> object:
    """Return the history as the unit names it. Raises UserError for none: a unit's home is not the operator's."""
    if history is None:
        raise UserError(_("Name the history: --history env:NAME for PostgreSQL, or a file for one worker."))
    is_path = "://" not in history and not history.startswith(("env:", "keyring:"))
    return Path(history) if is_path else history


def _credentials(template: str) -> str:
    """Return the template with a full path."""
    scheme, _colon, target = template.partition(":")
    return f"file:{Path(target).expanduser().absolute()}" if scheme == "file" else template


def _variables(request: WorkRequest) -> Iterator[str]:
    """Yield the variables with secrets that the worker reads."""
    news = request.news
    yield from dict.fromkeys(named_variables((request.history or "", *(news.notify or ()), *(news.webhook or ()))))
    if request.credentials.startswith(f"{VAULT}:"):
        yield from (ROLE, SECRET)
