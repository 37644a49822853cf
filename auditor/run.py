"""What the commands that ask an exchange do: settings, one pass, output, exit code."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from auditor import logs, output, settings
from auditor.accounts import Account, Options, Secret
from auditor.errors import Problem
from auditor.i18n import _
from auditor.keys import exit_code, print_keys
from auditor.nearest import unknown
from auditor.output import Output
from auditor.process import supervised
from auditor.progress import progress_bar
from auditor.redact import SECRETS
from auditor.settings import Choice

DEMO_EXCHANGE = "okx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How to ask. ``timeout``: seconds for the whole run."""

    readonly: bool = True
    accept_unproven_key: bool = False
    timeout: float = Options().timeout
    verbose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """All that the command line says."""

    choice: Choice = field(default_factory=Choice)
    manner: Manner = field(default_factory=Manner)
    output: Output = field(default_factory=Output)


def audit(request: Request) -> int:
    """Audit the chosen accounts. The exit code; raises Problem."""
    logs.configure(verbose=request.manner.verbose)
    output.check(request.output)
    return _pass(settings.chosen_accounts(request.choice), request)


def demo(name: str, request: Request) -> int:
    """Audit an account of the embedded exchange, by the very same path. The exit code; raises Problem."""
    from auditor.demo import account, names, serve  # noqa: PLC0415 - nobody else needs a server

    logs.configure(verbose=request.manner.verbose)
    output.check(request.output)
    if name not in names():
        raise Problem(unknown(_("demo account"), name, names()))
    chosen = account(name)
    credentials = {"apiKey": chosen.apikey, "secret": chosen.secret, "password": chosen.passphrase}
    with serve([chosen]) as exchange:
        audited = Account(
            name=name,
            exchange=DEMO_EXCHANGE,
            credentials={key: Secret(value) for key, value in credentials.items()},
            base_url=exchange.url,
            demo=True,
        )
        return _pass([audited], request)


def keys(request: Request) -> int:
    """Prove the keys of the chosen accounts and say what each may do. The exit code; raises Problem."""
    from auditor import audit as core  # noqa: PLC0415 - bad input is told before the audit is loaded

    logs.configure(verbose=request.manner.verbose)
    accounts = settings.chosen_accounts(request.choice)
    snapshots = supervised(core.prove_keys(accounts, options(request)))
    cleaned = SECRETS.data(snapshots)
    print_keys(cleaned)
    return exit_code(cleaned)


def options(request: Request) -> Options:
    """Put the request in the audit's own terms."""
    manner, choice = request.manner, request.choice
    return Options(
        readonly=manner.readonly,
        accept_unproven_key=manner.accept_unproven_key,
        timeout=manner.timeout,
        trust_hosts=settings.trusted_hosts(choice),
        proxy=choice.proxy,
    )


def _pass(accounts: Sequence[Account], request: Request) -> int:
    from auditor import audit as core  # noqa: PLC0415 - bad input is told before the audit is loaded

    with progress_bar() as step:
        report = supervised(core.audit_once(accounts, replace(options(request), progress=step)))
    report = SECRETS.data(report)
    output.deliver(report, request.output)
    return report.exit_code
