"""Service units that run a watch: systemd, cron, GitHub Actions. None holds a secret."""

import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from auditor.cli.commands.argv import watch_arguments
from auditor.cli.commands.watch_run import WatchRequest
from auditor.cli.runtime.reader import Runtime
from auditor.i18n import _
from auditor.i18n.languages import ENGLISH
from auditor.model.errors import UserError
from auditor.security.credentials import ENVIRONMENT
from auditor.security.urls import is_loopback, url_host
from auditor.settings import accounts_file as config_file
from auditor.settings import selection as settings
from auditor.watch.notify.channels import REFERENCE_PREFIXES

FOLDER = "exchange-closure-audit"
HOUR = timedelta(hours=1)
MARGIN = timedelta(minutes=10)
SYSTEMD = """\
# Save as {unit_file}, put each secret into a file of its own,
{steps}
# then: systemctl --user daemon-reload && systemctl --user enable --now {name}.service
# and, so that it goes on while you are logged out: loginctl enable-linger
[Unit]
Description=Audit an exchange account until it can be closed (read-only)
# What only you can mend ends it after a few tries.
StartLimitIntervalSec=1h
StartLimitBurst=5

[Service]
Type=exec
{place}ExecStart={command}
{credentials}# A verdict (blocked, incomplete, refused) is no failure, nor is being stopped.
SuccessExitStatus=1 3 4 143
Restart=on-failure
RestartSec=5min
UMask=0077
LimitCORE=0
NoNewPrivileges=yes

[Install]
WantedBy=default.target
"""
CRON = """\
# Add these lines with: crontab -e
# Put each secret into a file of its own, for you alone (chmod 600):
{steps}
# It looks at the history each time, and at the exchange only when a pass is due.
MAILTO=""
{variables}{times} {command}
"""
GITHUB = """\
# Make a PRIVATE repository of your own from the files of this program, and save this there as
# .github/workflows/audit.yml: the history holds what your account holds.
# Add each secret under Settings > Secrets and variables > Actions.
# What runs beside your secrets is what you put there: your own commit, and packages whose hashes stand in it.
name: audit
on:
  schedule:
    - cron: "{times}"
  workflow_dispatch:
permissions:
  contents: read
concurrency: audit
jobs:
  audit:
    runs-on: ubuntu-24.04
    timeout-minutes: {minutes}
    steps:
      - run: |
          git init --quiet .
          git -c http.extraHeader="Authorization: Basic $(printf 'x-access-token:%s' "$TOKEN" | base64 --wrap=0)" \
            fetch --quiet --depth=1 "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" "$GITHUB_SHA"
          git checkout --quiet --detach FETCH_HEAD
        env:
          TOKEN: ${{{{ github.token }}}}
      - uses: actions/cache@{cache}
        with:
          path: history
          key: history-${{{{ github.run_id }}}}
          restore-keys: history-
      - run: python3 -m venv .venv
      - run: .venv/bin/pip install --require-hashes -r requirements/{lock}.txt
      - run: |
          # The runner obeys lines of a certain form: none of what an exchange says.
          token=$(head -c 32 /dev/urandom | sha256sum | cut -c 1-64)
          echo "::stop-commands::$token"
          code=0
          {command} || code=$?
          echo "::$token::"
          test "$code" -ne 2
        env:
{variables}"""
CACHE_ACTION = "27d5ce7f107fe9357f9df03efb73ab90386fccae"
"""The commit of actions/cache v5.0.5: a tag could be moved."""


def print_unit(kinds: Sequence[str], wanted: WatchRequest, runtime: Runtime) -> int:
    """Print one kind of unit and return the exit code. Raises UserError."""
    if len(kinds) > 1:
        raise UserError(_("Print one kind of unit at a time."))
    check_webhooks(wanted.notifications.webhooks)
    makers = {"systemd": systemd, "cron": cron, "github": github}
    _check_words(wanted)
    sys.stdout.write(makers[kinds[0]](wanted, runtime.console.language))
    return 0


def check_webhooks(urls: Iterable[str]) -> None:
    """Raise UserError for an address that no unit may hold."""
    if any(not _is_open(url) for url in urls):
        raise UserError(
            _("The address of --webhook may hold a token, and no unit does: give it as --webhook env:NAME.")
        )


def systemd(wanted: WatchRequest, language: str = ENGLISH) -> str:
    """Return a systemd service that runs the watch, with its secrets by LoadCredential."""
    names = _variables(wanted)
    return SYSTEMD.format(
        unit_file=f"~/.config/systemd/user/{FOLDER}.service",
        name=FOLDER,
        steps=credential_steps(names, "#   ~/.config/exchange-closure-audit/credentials/{name}"),
        place=f"WorkingDirectory={_in_systemd(str(Path.cwd()))}\n" if wanted.notifications.command else "",
        command=" ".join(map(for_systemd, [*program(), *watch_arguments(wanted, language=language)])),
        credentials="".join(f"LoadCredential={name}:%E/{FOLDER}/credentials/{name}\n" for name in names),
    )


def cron(wanted: WatchRequest, language: str = ENGLISH) -> str:
    """Return the lines of a crontab, which make one pass whenever one is due."""
    names, folder = _variables(wanted), config_file.default_path().parent / "credentials"
    place = f"cd {shlex.quote(str(Path.cwd()))} && " if wanted.notifications.command else ""
    command = place + shlex.join([*program(), *watch_arguments(replace(wanted, once=True), language=language)])
    return CRON.format(
        steps=credential_steps(names, f"#   {folder}/{{name}}") if names else "#   none is needed",
        variables=f"CREDENTIALS_DIRECTORY={folder}\n" if names else "",
        times=cron_times(wanted),
        command=command.replace("%", r"\%"),
    )


def github(wanted: WatchRequest, language: str = ENGLISH) -> str:
    """Return a GitHub workflow, with the repository's secrets and the history in its cache."""
    if wanted.request.choice.exchanges == () or wanted.request.choice.config:
        raise UserError(_("--print-github-action goes with --exchange: a workflow has no configuration file of yours."))
    stored = replace(wanted, once=True, history="history/passes.sqlite3")
    names, command = (
        _variables(stored),
        shlex.join([".venv/bin/python", "-m", "auditor", *watch_arguments(stored, language=language, absolute=False)]),
    )
    if "${{" in command:
        raise UserError(_("No unit can hold {word!r}: rename it.").format(word="${{"))
    return GITHUB.format(
        times=cron_times(wanted),
        minutes=_minutes(wanted),
        cache=f"{CACHE_ACTION} # v5.0.5",
        lock="extras" if wanted.notifications.apprise else "run",
        command=command,
        variables="".join(f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in names),
    )


def program() -> list[str]:
    """Return the command of the installed program: its absolute path, or Python and the module."""
    started = Path(sys.argv[0])
    path = started if started.is_file() and started.stem == "audit" else None
    sibling = Path(sys.executable).with_name("audit" + Path(sys.executable).suffix)
    path = (
        path or (sibling if sibling.is_file() else None) or (Path(which) if (which := shutil.which("audit")) else None)
    )
    return [str(path.absolute())] if path else [sys.executable, "-m", "auditor"]


def _check_words(wanted: WatchRequest) -> None:
    """Raise UserError for a path or another word that would begin a line of its own in a unit."""
    paths = (str(Path.cwd()), str(config_file.default_path()), *program())
    for word in (*watch_arguments(wanted), *paths, cron_times(wanted)):
        if not word.isprintable():
            raise UserError(_("No unit can hold {word!r}: rename it.").format(word=word))


def cron_times(wanted: WatchRequest) -> str:
    """Return the cron expression: the user's own, else hourly or every five minutes."""
    if wanted.policy.cron is not None:
        return " ".join(wanted.policy.cron.expression.split())
    return "17 * * * *" if wanted.policy.every >= HOUR else "*/5 * * * *"


def _is_open(url: str) -> bool:
    """Return whether an address may be in a file: a reference, or one on this computer."""
    return url.startswith(REFERENCE_PREFIXES) or is_loopback(url_host(url))


def _minutes(wanted: WatchRequest) -> int:
    """Return the minutes for two passes and the wait between: a job cut off saves no history."""
    passes = 2 * timedelta(seconds=wanted.request.manner.timeout)
    return (passes + wanted.policy.confirm * wanted.wait + MARGIN) // timedelta(minutes=1)


def _variables(wanted: WatchRequest) -> list[str]:
    """Return every environment variable that the command reads: credentials and references."""
    references = settings.references(wanted.request.choice)
    targets = (reference.target for reference in references if reference.scheme == ENVIRONMENT)
    addresses = (*wanted.notifications.apprise, *wanted.notifications.webhooks, wanted.history or "")
    return list(dict.fromkeys((*targets, *named_variables(addresses))))


def named_variables(texts: Iterable[str]) -> Iterator[str]:
    """Yield the variables that references such as ``env:NAME`` name."""
    return (text.removeprefix(f"{ENVIRONMENT}:") for text in texts if text.startswith(f"{ENVIRONMENT}:"))


def credential_steps(names: Sequence[str], line: str) -> str:
    """Return one line for each file that holds a secret."""
    return "\n".join(line.format(name=name) for name in names) or "# none is needed,"


def for_systemd(word: str) -> str:
    """Quote one word of ExecStart for systemd."""
    plain = _in_systemd(word.replace("\\", "\\\\").replace('"', '\\"')).replace("$", "$$")
    return f'"{plain}"' if any(c in word for c in " '\";\t\\") or not word else plain


def _in_systemd(text: str) -> str:
    """Escape ``%``, which systemd expands."""
    return text.replace("%", "%%")
