"""The command `audit init`: a first configuration file, and how to create a read-only key."""

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from auditor.cli.runtime.output import STDOUT, check_writable
from auditor.cli.runtime.reader import Runtime
from auditor.formats.atomic_write import replace_file
from auditor.i18n import Message, Text, Translator, _, joined
from auditor.i18n.columns import wrapped
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.security.paths import check_default_folder, make_private_folders
from auditor.settings import accounts_file as config_file
from auditor.settings import exchange_checks as needs
from auditor.settings.exchange_facts import exchange_config

WIDTH = 80
REMINDER = timedelta(days=90)
"""How long the examples in the file hold: a decision is for a while, never for good."""


def init(exchanges: Sequence[str], path: Path | None, runtime: Runtime, *, force: bool) -> int:
    """Write the file, print the next steps and return the exit code. Raises UserError."""
    selected = tuple(dict.fromkeys(exchanges)) or ("okx",)
    for exchange in selected:
        needs.check_exchange(exchange)
    if path == STDOUT:
        sys.stdout.write(_file(selected, runtime.console))
        return 0
    target = path or config_file.default_path()
    if target.exists() and not force:
        raise UserError(_("{path} exists already. To replace it, add --force.").format(path=target))
    if path is None:
        make_folder(target.parent)
        check_default_folder(target.parent, "--output")
    check_writable(target)
    replace_file(target, _file(selected, runtime.console).replace("\n", os.linesep).encode())
    runtime.note(_("written: {path}").format(path=target))
    command = "audit --readonly" if path is None else f'audit --config "{path}" --readonly'
    guide = (*_guide(selected), "", _("Then run:"), f"  {command}", "")
    sys.stdout.write("\n".join(line for part in guide for line in _fitted(part, runtime.console)))
    return 0


def _fitted(part: Text, translate: Translator) -> list[str]:
    """Break a sentence into lines of 80 columns; what is to be typed stays as it is."""
    return wrapped(translate(part), WIDTH) if isinstance(part, Message) else [part]


def make_folder(folder: Path) -> None:
    """Create a private folder. Raises UserError."""
    try:
        make_private_folders(folder)
    except OSError as error:
        raise UserError(_("{path} cannot be created: {why}.").format(path=folder, why=error.strerror)) from None


def _file(exchanges: Sequence[str], translate: Translator) -> str:
    head = _("""\
Accounts for `audit`. There is no secret in this file: each line says where to find one.
  "env:NAME"      in the environment variable NAME
  "keyring:NAME"  in the system keyring, where `audit login` puts it
  "file:PATH"     in a file that holds nothing else and that only you can read
`audit login` adds an account to this file, and `audit logout` takes it out again.
An account can have further lines:
  uid = "..."       refuse to check another account by mistake
  base_url = "..."  one of the exchange's own addresses, if it has several
  services.futures = "..."  the address of one service, at an exchange with several
  sandbox = true    the key belongs to the exchange's paper trading""")
    parts = [_comment(translate(head)), *(_accounts(exchange, translate) for exchange in exchanges)]
    return "\n\n".join((*parts, *_decisions(exchanges[0], translate))) + "\n"


def _decisions(exchange: str, translate: Translator) -> Iterator[str]:
    """Yield commented examples of ticking off a point and of muting a finding."""
    today = now().date()
    until = today + REMINDER
    manual = next(fact.id for fact in exchange_config(exchange).requirements if fact.manual)
    attest = _("You checked a point that no API shows. `audit list requirements` has the names:")
    mute = _("You know of a finding and want it out of the way; it still counts. `audit list rules` has the names:")
    point = (f'requirement = "{manual}"', f'exchange = "{exchange}"', 'by = "YOUR NAME"', f"on = {today}")
    finding = ('rule = "key-not-ip-bound"', 'reason = "my address changes"')
    for text, name, lines in ((attest, "attest", point), (mute, "mute", finding)):
        yield _comment("\n".join((translate(text), f"[[{name}]]", *lines, f"until = {until}")))


def _accounts(exchange: str, translate: Translator) -> str:
    boxes = _comment("\n".join(map(translate, key_guide(exchange))))
    sub = translate(_("Only a sub-account's own key shows its orders, bots, Earn and debts:"))
    own = _table(exchange, exchange, exchange) + _names(exchange)
    return f"{boxes}\n{own}\n\n{_comment(sub)}\n{_comment(_table(exchange, f'{exchange}-sub', f'{exchange}_sub'))}"


def _table(exchange: str, name: str, prefix: str) -> str:
    secrets = [f'{key.lower()} = "env:{prefix.upper()}_{key.upper()}"' for key in needs.credentials(exchange)]
    return "\n".join(("[[accounts]]", f'name = "{name}"', f'exchange = "{exchange}"', *secrets))


def _names(exchange: str) -> str:
    """Return commented lines for things that the exchange shows only by name."""
    return "".join(f'\n# named = ["{kind}=NAME"]' for kind in needs.name_kinds(exchange))


def _comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())


def key_guide(exchange: str) -> Iterator[Text]:
    """Yield the lines that say how to create a key that can only read."""
    facts = exchange_config(exchange)
    yield _("Create a read-only key at {name}: {page}").format(name=facts.name, page=facts.key_page)
    yield _indented(_(facts.key.path))
    yield _indented(_("tick: {boxes}").format(boxes=_(", ").join(map(_, facts.key_boxes))))
    yield _indented(_("leave unticked: {boxes}").format(boxes=_(", ").join(map(_, facts.key.leave))))
    if facts.key.advice:
        yield _indented(_(facts.key.advice))


def _indented(line: Message) -> Message:
    return joined("", ("  ", line))


def _guide(exchanges: Sequence[str]) -> Iterator[Text]:
    for exchange in exchanges:
        yield from key_guide(exchange)
        yield _indented(_("Sub-accounts: switch to each one and create a key with the same boxes ticked."))
        yield ""
    names = [f"{exchange}_{key}".upper() for exchange in exchanges for key in needs.credentials(exchange)]
    yield _("The simplest way: `audit login` asks for the key and keeps it in the system keyring.")
    yield _("Or put the key into the environment. It asks for each part, and does not show what you paste.")
    yield "bash, zsh:"
    yield f"  for name in {' '.join(names)}; do"
    yield "    printf '%s: ' $name; read -rs $name; export $name; echo; done"
    yield "fish:"
    yield f'  for name in {" ".join(names)}; read -sgx -P "$name: " $name; end'
    yield "PowerShell:"
    yield f"  foreach ($name in {', '.join(map(repr, names))}) {{"
    yield "    $part = Read-Host $name -AsSecureString"
    yield '    Set-Item "env:$name" ([Net.NetworkCredential]::new("", $part).Password) }'
