"""What the commands that ask an exchange do: settings, one pass, output, exit code."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import SecretStr

from auditor.audit.evidence import Evidence
from auditor.cli.commands.keys import exit_code, print_keys
from auditor.cli.runtime import log as logs
from auditor.cli.runtime import output
from auditor.cli.runtime.output import Output
from auditor.cli.runtime.process import supervised
from auditor.cli.runtime.progress import progress_bar
from auditor.cli.runtime.reader import Runtime
from auditor.i18n import _
from auditor.i18n.suggest import unknown
from auditor.model.account import Account, Options
from auditor.model.errors import Problem
from auditor.model.suppressions import Decisions
from auditor.security.redaction import SECRETS
from auditor.settings import exchange_checks as needs
from auditor.settings import selection as settings
from auditor.settings.selection import Choice

DEMO_EXCHANGE = "okx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How to ask. ``timeout``: seconds for the whole run; ``window``: in which it lies; ``evidence``: raw answers."""

    readonly: bool = True
    accept_unproven_key: bool = False
    timeout: float = Options().timeout
    window: float = Options().window
    verbose: bool = False
    evidence: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """All that the command line says. ``demo``: nothing of the person's own files counts."""

    choice: Choice = field(default_factory=Choice)
    manner: Manner = field(default_factory=Manner)
    output: Output = field(default_factory=Output)
    demo: bool = False


def audit(request: Request, runtime: Runtime) -> int:
    """Audit the chosen accounts. The exit code; raises Problem."""
    logs.configure(verbose=request.manner.verbose)
    output.check(request.output)
    return _pass(settings.chosen_accounts(request.choice, runtime.note), request, runtime)


def demo(name: str, request: Request, exchange: str | None, runtime: Runtime) -> int:
    """Audit an account of the embedded exchange, by the very same path. The exit code; raises Problem.

    ``name`` is an account of ``exchange``, or of any for None.
    """
    from auditor.demo import account, serve  # noqa: PLC0415 - nobody else needs a server

    logs.configure(verbose=request.manner.verbose)
    output.check(request.output)
    chosen = account(_demo_account(name, exchange))
    credentials = {"apiKey": chosen.apikey, "secret": chosen.secret, "password": chosen.passphrase}
    needed = needs.credentials(chosen.exchange)
    with serve([chosen]) as served:
        audited = Account(
            name=chosen.name,
            exchange=chosen.exchange,
            credentials={key: SecretStr(value) for key, value in credentials.items() if key in needed},
            base_url=served.url,
            demo=True,
            named={kind: tuple(names) for kind, names in chosen.named.items()},
        )
        return _pass([audited], replace(request, demo=True), runtime)


def _demo_account(name: str, exchange: str | None) -> str:
    """Return the full name of a demo account; raises Problem for one that there is not."""
    from auditor.demo import exchanges, full_name, names  # noqa: PLC0415 - nobody else needs a server

    if exchange is not None and exchange not in exchanges():
        raise Problem(unknown(_("exchange"), exchange, exchanges()))
    known = names(exchange)
    full = name if exchange is None else full_name(name, exchange)
    if full not in known:
        raise Problem(unknown(_("demo account"), name, known))
    return full


def audit_or_demo(name: str | None, request: Request, runtime: Runtime) -> int:
    """Audit the demo account of that name, or the chosen accounts. The exit code; raises Problem."""
    if name is None:
        return audit(request, runtime)
    if request.choice != Choice():
        raise Problem(_("--demo goes with no choice of accounts: it brings an exchange and an account of its own."))
    return demo(name, request, None, runtime)


def keys(request: Request, runtime: Runtime) -> int:
    """Prove the keys of the chosen accounts and say what each may do. The exit code; raises Problem."""
    from auditor.audit import audit_once as core  # noqa: PLC0415 - bad input is told before the audit is loaded

    logs.configure(verbose=request.manner.verbose)
    accounts = settings.chosen_accounts(request.choice, runtime.note)
    snapshots = supervised(core.prove_keys(accounts, options(request)))
    cleaned = SECRETS.data(snapshots)
    print_keys(cleaned, runtime.console)
    return exit_code(cleaned)


def options(request: Request) -> Options:
    """Put the request in the audit's own terms."""
    manner, choice = request.manner, request.choice
    return Options(
        readonly=manner.readonly,
        accept_unproven_key=manner.accept_unproven_key,
        timeout=manner.timeout,
        window=manner.window,
        trust_hosts=settings.trusted_hosts(choice),
        proxy=choice.proxy,
        keep=None if manner.evidence is None else Evidence(manner.evidence).keep,
        decisions=Decisions() if request.demo else settings.decisions(choice, _rule_ids),
    )


def _rule_ids() -> frozenset[str]:
    from auditor.rules import all_rules  # noqa: PLC0415 - loaded only when something is muted

    return frozenset(rule.id for rule, _module in all_rules())


def _pass(accounts: Sequence[Account], request: Request, runtime: Runtime) -> int:
    from auditor.audit import audit_once as core  # noqa: PLC0415 - bad input is told before the audit is loaded

    with progress_bar(runtime.console) as shown:
        step = output.loading(request.output, shown)
        report = supervised(core.audit_once(accounts, replace(options(request), progress=step)))
    report = SECRETS.data(report)
    output.deliver(report, request.output, runtime)
    return report.exit_code
