"""The commands that ask an exchange: read settings, audit once, write the output."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from auditor.audit.evidence import Evidence
from auditor.cli.commands.keys import exit_code, print_keys
from auditor.cli.runtime import done_file, output
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.output import OutputRequest
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.progress import progress_bar
from auditor.cli.runtime.reader import Runtime
from auditor.cli.runtime.stored_checks import CheckStorage, check_storage, store_check
from auditor.i18n import _
from auditor.i18n.suggest import unknown
from auditor.model.account import Account, Options
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.model.suppressions import Decisions
from auditor.security.redaction import SECRETS
from auditor.settings import exchange_checks as needs
from auditor.settings import selection as settings
from auditor.settings.selection import AccountSelection

if TYPE_CHECKING:
    from auditor.demo import Account as DemoAccount

DEMO_EXCHANGE = "okx"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """Options of a run.

    ``timeout``: seconds for the whole run; ``window``: seconds within which all readings of a clean account lie;
    ``evidence``: folder for raw answers.
    """

    readonly: bool = True
    accept_unproven_key: bool = False
    timeout: float = Options().timeout
    window: float = Options().window
    verbose: int = 0
    evidence: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRequest:
    """Everything that the command line asks for. ``demo``: ignore the user's own files, and keep no check."""

    choice: AccountSelection = field(default_factory=AccountSelection)
    manner: RunOptions = field(default_factory=RunOptions)
    output: OutputRequest = field(default_factory=OutputRequest)
    storage: CheckStorage = field(default_factory=CheckStorage)
    demo: bool = False


def audit(request: AuditRequest, runtime: Runtime) -> int:
    """Audit the selected accounts and return the exit code. Raises UserError."""
    logs.configure(verbose=request.manner.verbose, translate=runtime.console)
    check_storage(request.storage)
    choice = settings.with_configured(request.choice)
    request = replace(request, choice=choice, output=output.check_output(request.output, runtime))
    return audit_once(settings.select_accounts(request.choice, runtime.note), request, runtime)


def demo(name: str, request: AuditRequest, exchange: str | None, runtime: Runtime) -> int:
    """Audit an account of the embedded exchange, through the same code as a real one.

    ``name``: an account of ``exchange``, or of any exchange if None. Return the exit code; raises UserError.
    """
    logs.configure(verbose=request.manner.verbose, translate=runtime.console)
    request = replace(request, output=output.check_output(request.output, runtime))
    with served_demo(name, exchange) as audited:
        return audit_once([audited], replace(request, demo=True), runtime)


def audit_accounts(accounts: Sequence[Account], request: AuditRequest, runtime: Runtime) -> int:
    """Audit accounts whose keys were read already, and return the exit code. Raises UserError."""
    request = replace(request, output=output.check_output(request.output, runtime))
    return audit_once(accounts, request, runtime)


@contextmanager
def served_demo(name: str, exchange: str | None) -> Iterator[Account]:
    """Yield the configured account of the embedded exchange, which runs within the block. Raises UserError."""
    from auditor.demo import account, serve  # noqa: PLC0415 - only the demo needs a server

    demo_account = account(_demo_account_name(name, exchange))
    with serve([demo_account]) as server:
        yield Account(
            name=demo_account.name,
            exchange=demo_account.exchange,
            credentials=credentials_of(demo_account),
            base_url=server.url,
            service_urls=server.services,
            demo=True,
            named={kind: tuple(names) for kind, names in demo_account.named.items()},
        )


def credentials_of(demo_account: "DemoAccount") -> dict[str, SecretStr]:
    """Return the credentials of an account of the embedded exchange that its exchange needs."""
    values = {"apiKey": demo_account.apikey, "secret": demo_account.secret, "password": demo_account.passphrase}
    needed = needs.credentials(demo_account.exchange)
    return {key: SecretStr(value) for key, value in values.items() if key in needed}


def _demo_account_name(name: str, exchange: str | None) -> str:
    """Return the full name of a demo account. Raises UserError for an unknown one."""
    from auditor.demo import exchanges, full_name, names  # noqa: PLC0415 - only the demo needs a server

    if exchange is not None and exchange not in exchanges():
        raise UserError(unknown(_("exchange"), exchange, exchanges()))
    choices = names(exchange)
    full = name if exchange is None else full_name(name, exchange)
    if full not in choices:
        raise UserError(unknown(_("demo account"), name, choices))
    return full


def keys(request: AuditRequest, runtime: Runtime) -> int:
    """Prove the keys of the selected accounts and print the permissions of each.

    Return the exit code; raises UserError.
    """
    from auditor.audit import audit_once as core  # noqa: PLC0415 - bad input is reported before the audit is loaded

    logs.configure(verbose=request.manner.verbose, translate=runtime.console)
    accounts = settings.select_accounts(settings.with_configured(request.choice), runtime.note)
    snapshots = run_supervised(core.prove_keys(accounts, options(request)))
    cleaned = SECRETS.data(snapshots)
    print_keys(cleaned, runtime.console)
    return exit_code(cleaned)


def options(request: AuditRequest) -> Options:
    """Return the options of the audit for a request."""
    manner, choice = request.manner, request.choice
    return Options(
        readonly=manner.readonly,
        accept_unproven_key=manner.accept_unproven_key,
        timeout=manner.timeout,
        window=manner.window,
        trust_hosts=settings.trusted_hosts(choice),
        proxy=choice.proxy,
        keep=None if manner.evidence is None else Evidence(manner.evidence).keep,
        decisions=Decisions() if request.demo else _decisions(choice),
    )


def _decisions(choice: AccountSelection) -> Decisions:
    """Return the decisions of the configuration file, and what was marked as done by command. Raises UserError."""
    written = settings.decisions(choice, _rule_ids)
    marked = done_file.attestations(done_file.load(done_file.default_path()))
    return replace(written, attests=(*written.attests, *marked))


def _rule_ids() -> frozenset[str]:
    from auditor.rules import all_rules  # noqa: PLC0415 - loaded only when something is muted

    return frozenset(rule.id for rule, _module in all_rules())


def audit_once(accounts: Sequence[Account], request: AuditRequest, runtime: Runtime) -> int:
    """Audit accounts with their credentials, write the results, keep the check and return the exit code.

    The output was checked before. Raises UserError.
    """
    from auditor.audit import audit_once as core  # noqa: PLC0415 - bad input is reported before the audit is loaded

    with progress_bar(runtime) as advance:
        step = output.preload_dust_csv(request.output, advance)
        started_at = now()
        report = run_supervised(core.audit_once(accounts, replace(options(request), progress=step)))
    report = SECRETS.data(report)
    # Kept first: a file that cannot be written must not cost the check.
    if not request.demo:
        store_check(report, started_at, accounts, request.storage, runtime)
    output.write_results(report, request.output, runtime)
    return report.exit_code
