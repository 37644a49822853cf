"""The command `audit doctor`: what this computer, its network and the keys need before an audit can work."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

import json
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import typer

from auditor.cli.commands.doctor_check import Check, CheckStatus
from auditor.cli.options import common as opt
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import Message, Translator, _, joined, mark
from auditor.i18n.columns import cells_of, padded, wrapped
from auditor.model.errors import UserError

if TYPE_CHECKING:
    from auditor.settings.selection import AccountSelection

SCHEMA = "auditor.doctor/1"
PROBLEM_CODE, WIDE_KEY_CODE = 3, 4
"""Exit codes, as of an audit: 1 is a verdict on an account, which this command does not give."""


LABELS = {CheckStatus.OK: mark("OK"), CheckStatus.PROBLEM: mark("FIX"), CheckStatus.SKIPPED: mark("--")}
NARROWEST = 20
STYLES = {CheckStatus.OK: "32", CheckStatus.PROBLEM: "1;31", CheckStatus.SKIPPED: "2"}


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command(
        help=mark("Check this computer, its network, the exchanges' addresses and your keys, and say what to do.")
    )(doctor)


def doctor(
    *,
    exchange: opt.ExchangeOption = None,
    account: opt.AccountNameOption = None,
    config: opt.ConfigOption = None,
    base_url: opt.BaseUrlOption = None,
    trust_host: opt.TrustHostOption = None,
    sandbox: opt.SandboxOption = False,
    proxy: opt.ProxyOption = None,
    form: opt.ListFormatOption = "terminal",
    verbose: opt.VerboseOption = 0,
) -> Action:
    """Check what an audit needs."""
    from auditor.settings.selection import AccountSelection

    choice = AccountSelection(
        exchanges=tuple(exchange or ()),
        accounts=tuple(account or ()),
        config=config,
        base_urls=tuple(base_url or ()),
        trust_hosts=tuple(trust_host or ()),
        sandbox=sandbox,
        proxy=proxy,
    )
    return partial(run, choice, form, verbose)


def run(choice: "AccountSelection", form: str, verbose: int, runtime: Runtime) -> int:
    """Make all checks, print them and return the exit code. Raises UserError for wrong use."""
    from auditor.cli.commands.doctor_computer import check_computer
    from auditor.cli.commands.doctor_network import check_network
    from auditor.cli.runtime import log as logs
    from auditor.cli.runtime.output import console_sink
    from auditor.security.redaction import SECRETS

    if form not in {"terminal", "json"}:
        raise UserError(_("`audit doctor` has the formats terminal and json."))
    logs.configure(verbose=verbose, translate=runtime.console)
    checks = SECRETS.data((*check_computer(runtime, choice.config), *check_network(choice, runtime)))
    sink = console_sink(runtime)
    written = _as_json(checks) if form == "json" else _as_lines(checks, runtime.console, sink.width, sink.colour)
    sys.stdout.write(written)
    return exit_code(checks)


def exit_code(checks: Iterable[Check]) -> int:
    """Return 0 if nothing needs to be done, 4 for a key that can do more than read, else 3."""
    problems = [check for check in checks if check.status is CheckStatus.PROBLEM]
    if any(check.is_wide for check in problems):
        return WIDE_KEY_CODE
    return PROBLEM_CODE if problems else 0


def _as_json(checks: Sequence[Check]) -> str:
    lines = [
        {
            "id": check.id,
            "title": str(check.title),
            "status": check.status.value,
            "found": str(check.found),
            "advice": str(check.advice) or None,
        }
        for check in checks
    ]
    document = {"schema": SCHEMA, "ok": exit_code(checks) == 0, "checks": lines}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _as_lines(checks: Sequence[Check], translate: Translator, width: int, colour: bool) -> str:
    from auditor.formats.escape import escape_invisible

    labels = {status: translate(_(label)) for status, label in LABELS.items()}
    first = max(map(cells_of, labels.values())) + 2
    second = max(cells_of(translate(check.title)) for check in checks) + 2
    lines = list[str]()
    for check in checks:
        label = padded(labels[check.status], first)
        shown = f"\x1b[{STYLES[check.status]}m{label}\x1b[0m" if colour else label
        texts = _texts(check, translate, max(width - first - second, NARROWEST))
        heads = [shown + padded(translate(check.title), second), *[" " * (first + second)] * len(texts)]
        lines += [head + escape_invisible(text) for head, text in zip(heads, texts, strict=False)]
    return "\n".join((*lines, "", translate(_summary(checks)), ""))


def _texts(check: Check, translate: Translator, width: int) -> list[str]:
    found = wrapped(translate(check.found), width)
    return found + (wrapped(translate(joined(" ", ("->", check.advice))), width) if check.advice else [])


def _summary(checks: Sequence[Check]) -> Message:
    problems = sum(check.status is CheckStatus.PROBLEM for check in checks)
    if not problems:
        return _("Everything that was checked is in order.")
    return _("Things to fix: {count}.").format(count=problems)
