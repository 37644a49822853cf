"""Groups of options, declared once as a dataclass that a command takes as one parameter."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, TypeVar

from auditor.cli.options import common as opt

if TYPE_CHECKING:
    from auditor.cli.commands.audit import Manner
    from auditor.settings.selection import Choice

T = TypeVar("T")


def flat(command: Callable[..., T]) -> Callable[..., T]:
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
class Chosen:
    """The options that select accounts, their hosts, and which keys are accepted."""

    exchange: opt.Exchange = None
    account: opt.AccountName = None
    config: opt.Config = None
    readonly: opt.Readonly = True
    unproven: opt.Unproven = False
    base_url: opt.BaseUrl = None
    trust_host: opt.TrustHost = None
    named: opt.Named = None
    sandbox: opt.Sandbox = False
    proxy: opt.Proxy = None

    def choice(self, expect_uid: str | None) -> "Choice":
        """Return the selection of accounts."""
        from auditor.settings.selection import Choice

        return Choice(
            exchanges=tuple(self.exchange or ()),
            accounts=tuple(self.account or ()),
            config=self.config,
            base_url=self.base_url,
            trust_hosts=tuple(self.trust_host or ()),
            sandbox=self.sandbox,
            proxy=self.proxy,
            expect_uid=expect_uid,
            named=tuple(self.named or ()),
        )

    def manner(self, **more: Any) -> "Manner":
        """Return the options of a run; ``more``: those of the command itself."""
        from auditor.cli.commands.audit import Manner

        return Manner(readonly=self.readonly, accept_unproven_key=self.unproven, **more)
