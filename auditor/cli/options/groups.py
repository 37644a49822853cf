"""Options that go together, declared once as a record: a command takes the record, its command line the options."""

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
    """``command`` as the library for commands must see it: in the place of each record, the options that make it."""
    own = signature(command).parameters
    kinds = {name: each.annotation for name, each in own.items() if isinstance(each.annotation, type)}
    records = {name: kind for name, kind in kinds.items() if is_dataclass(kind)}
    options = {name: list(signature(record).parameters.values()) for name, record in records.items()}
    shown = [option for name, each in own.items() for option in options.get(name, [each])]

    @wraps(command)
    def flattened(**given: Any) -> T:
        made = {name: records[name](**{each.name: given.pop(each.name) for each in options[name]}) for name in records}
        return command(**made, **given)

    return _seen_as(flattened, shown)


def _seen_as(command: Callable[..., T], shown: list[Parameter]) -> Callable[..., T]:
    command.__annotations__ = {each.name: each.annotation for each in shown}
    command.__signature__ = Signature(shown)  # type: ignore[attr-defined]
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which accounts, where they are, and which keys will do."""

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
        """The accounts that the options choose."""
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
        """How to ask: which keys will do, and what else the command has options for."""
        from auditor.cli.commands.audit import Manner

        return Manner(readonly=self.readonly, accept_unproven_key=self.unproven, **more)
