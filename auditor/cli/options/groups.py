"""Groups of options, declared once as a dataclass that a command takes as one parameter."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, TypeVar

from auditor.cli.options import common as opt

if TYPE_CHECKING:
    from auditor.cli.commands.audit import RunOptions
    from auditor.settings.selection import AccountSelection

T = TypeVar("T")


def expand_groups(command: Callable[..., T]) -> Callable[..., T]:
    """Return ``command`` with the signature for typer: each record replaced by its options."""
    own = signature(command).parameters
    types = {name: parameter.annotation for name, parameter in own.items() if isinstance(parameter.annotation, type)}
    records = {name: kind for name, kind in types.items() if is_dataclass(kind)}
    options = {name: list(signature(record).parameters.values()) for name, record in records.items()}
    parameters = [option for name, parameter in own.items() for option in options.get(name, [parameter])]

    @wraps(command)
    def flattened(**values: Any) -> T:
        built = {
            name: record(**{option.name: values.pop(option.name) for option in options[name]})
            for name, record in records.items()
        }
        return command(**built, **values)

    return _with_signature(flattened, parameters)


def _with_signature(command: Callable[..., T], parameters: list[Parameter]) -> Callable[..., T]:
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOptions:
    """The options that select accounts, their hosts, and which keys are accepted."""

    exchange: opt.ExchangeOption = None
    account: opt.AccountNameOption = None
    config: opt.ConfigOption = None
    readonly: opt.ReadonlyOption = True
    unproven: opt.UnprovenOption = False
    base_url: opt.BaseUrlOption = None
    trust_host: opt.TrustHostOption = None
    named: opt.NamedOption = None
    sandbox: opt.SandboxOption = False
    proxy: opt.ProxyOption = None

    def choice(self, expect_uid: str | None) -> "AccountSelection":
        """Return the selection of accounts."""
        from auditor.settings.selection import AccountSelection

        return AccountSelection(
            exchanges=tuple(self.exchange or ()),
            accounts=tuple(self.account or ()),
            config=self.config,
            base_urls=tuple(self.base_url or ()),
            trust_hosts=tuple(self.trust_host or ()),
            sandbox=self.sandbox,
            proxy=self.proxy,
            expect_uid=expect_uid,
            named=tuple(self.named or ()),
        )

    def manner(self, **more: Any) -> "RunOptions":
        """Return the options of a run; ``more``: those of the command itself."""
        from auditor.cli.commands.audit import RunOptions

        return RunOptions(readonly=self.readonly, accept_unproven_key=self.unproven, **more)
