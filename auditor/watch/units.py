"""Units that run a watch by themselves: systemd, cron, GitHub Actions. None holds a secret."""

import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import auditor
from auditor import config_file, settings
from auditor.credentials import ENVIRONMENT
from auditor.errors import Problem
from auditor.i18n import _
from auditor.watch.command import WatchRequest
from auditor.watch.words_of import words

FOLDER = "exchange-closure-audit"
HOUR = timedelta(hours=1)
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
ExecStart={command}
{credentials}# A verdict (blocked, incomplete, refused) is no failure.
SuccessExitStatus=1 3 4
Restart=on-failure
RestartSec=5min
UMask=0077
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
# Save as .github/workflows/audit.yml in a PRIVATE repository: the history holds what your account holds.
# Add each secret under Settings > Secrets and variables > Actions.
name: audit
on:
  schedule:
    - cron: "{times}"
  workflow_dispatch:
permissions: {{}}
concurrency: audit
jobs:
  audit:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - uses: actions/cache@v4
        with:
          path: history
          key: history-${{{{ github.run_id }}}}
          restore-keys: history-
      - run: pip install exchange-closure-audit=={version}
      - run: |
          code=0
          {command} || code=$?
          test "$code" -ne 2
        env:
{variables}"""


def print_unit(kinds: Sequence[str], wanted: WatchRequest) -> int:
    """Print one kind of unit. The exit code; raises Problem."""
    if len(kinds) > 1:
        raise Problem(_("Print one kind of unit at a time."))
    makers = {"systemd": systemd, "cron": cron, "github": github}
    sys.stdout.write(makers[kinds[0]](wanted))
    return 0


def systemd(wanted: WatchRequest) -> str:
    """Make a service that runs the watch, with its credentials by systemd's own means."""
    names = _variables(wanted)
    return SYSTEMD.format(
        unit_file=f"~/.config/systemd/user/{FOLDER}.service",
        name=FOLDER,
        steps=_steps(names, "#   ~/.config/exchange-closure-audit/credentials/{name}"),
        command=" ".join(map(_for_systemd, [*program(), *words(wanted)])),
        credentials="".join(f"LoadCredential={name}:%E/{FOLDER}/credentials/{name}\n" for name in names),
    )


def cron(wanted: WatchRequest) -> str:
    """Make the lines of a crontab, one pass each time that one is due."""
    names, folder = _variables(wanted), config_file.default_path().parent / "credentials"
    command = shlex.join([*program(), *words(replace(wanted, once=True))])
    return CRON.format(
        steps=_steps(names, f"#   {folder}/{{name}}") if names else "#   none is needed",
        variables=f"CREDENTIALS_DIRECTORY={folder}\n" if names else "",
        times=times(wanted),
        command=command.replace("%", r"\%"),
    )


def github(wanted: WatchRequest) -> str:
    """Make a workflow, with the secrets of its repository and the history in its cache."""
    if wanted.request.choice.exchanges == () or wanted.request.choice.config:
        raise Problem(_("--print-github-action goes with --exchange: a workflow has no configuration file of yours."))
    names = _variables(wanted)
    command = shlex.join(
        ["audit", *words(replace(wanted, once=True, history="history/passes.sqlite3"), absolute=False)]
    )
    return GITHUB.format(
        times=times(wanted),
        version=auditor.__version__,
        command=command,
        variables="".join(f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in names),
    )


def program() -> list[str]:
    """Give the absolute path of the installed program, or of Python and its module."""
    started = Path(sys.argv[0])
    found = started if started.is_file() and started.stem == "audit" else None
    beside = Path(sys.executable).with_name("audit" + Path(sys.executable).suffix)
    found = (
        found or (beside if beside.is_file() else None) or (Path(which) if (which := shutil.which("audit")) else None)
    )
    return [str(found.absolute())] if found else [sys.executable, "-m", "auditor"]


def times(wanted: WatchRequest) -> str:
    """Give the times at which cron looks whether a pass is due: the user's, or every hour."""
    if wanted.policy.cron is not None:
        return wanted.policy.cron.expression
    return "17 * * * *" if wanted.policy.every >= HOUR else "*/5 * * * *"


def _variables(wanted: WatchRequest) -> list[str]:
    references = settings.references(wanted.request.choice)
    return list(dict.fromkeys(reference.target for reference in references if reference.scheme == ENVIRONMENT))


def _steps(names: Sequence[str], line: str) -> str:
    return "\n".join(line.format(name=name) for name in names) or "# none is needed,"


def _for_systemd(word: str) -> str:
    """Quote one word of ExecStart."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"' if any(c in word for c in " '\";\t\\") or not word else plain
