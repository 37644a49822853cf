"""The command `audit init`: a first configuration file, and how to create a read-only key."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.cli.runtime.output import check_writable
from auditor.cli.runtime.reader import Runtime
from auditor.formats.atomic_write import replace_file
from auditor.i18n import Message, Text, Translator, _, joined
from auditor.model.errors import UserError
from auditor.security.paths import check_default_folder, make_private_folders
from auditor.settings import accounts_file as config_file
from auditor.settings import exchange_checks as needs
from auditor.settings.exchange_facts import exchange_config

# Read-Host alone shows what is typed.
_HIDDEN = "[Net.NetworkCredential]::new('', (Read-Host {name} -AsSecureString)).Password"


def init(exchanges: Sequence[str], path: Path | None, runtime: Runtime, *, force: bool) -> int:
    """Write the file, print the next steps and return the exit code. Raises UserError."""
    selected = tuple(dict.fromkeys(exchanges)) or ("okx",)
    for exchange in selected:
        needs.check_exchange(exchange)
    target = path or config_file.default_path()
    if target.exists() and not force:
        raise UserError(_("{path} exists already; --force replaces it.").format(path=target))
    if path is None:
        make_folder(target.parent)
        check_default_folder(target.parent, "--output")
    check_writable(target)
    replace_file(target, _file(selected, runtime.console).replace("\n", os.linesep).encode())
    runtime.note(_("written: {path}").format(path=target))
    command = "audit --readonly" if path is None else f'audit --config "{path}" --readonly'
    guide = (*_guide(selected), "", _("Then run:"), f"  {command}", "")
    sys.stdout.write("\n".join(map(runtime.console, guide)))
    return 0


def make_folder(folder: Path) -> None:
    """Create a private folder. Raises UserError."""
    try:
        make_private_folders(folder)
    except OSError as error:
        raise UserError(_("{path} cannot be made: {why}.").format(path=folder, why=error.strerror)) from None


def _file(exchanges: Sequence[str], translate: Translator) -> str:
    head = _("""\
Accounts for `audit`. This file holds no secret; each line says where to find one:
  "env:NAME"      the environment variable NAME
  "keyring:NAME"  the system keyring (`audit login` puts it there)
  "file:PATH"     a file that holds nothing else and that only you can read
`audit login` adds an account to this file, and `audit logout` takes it out again.
Further lines that an account may have:
  uid = "..."       refuse to audit another account by mistake
  base_url = "..."  one of the exchange's own addresses, where it has several
  sandbox = true    the key belongs to the exchange's paper trading""")
    parts = [_comment(translate(head)), *(_accounts(exchange, translate) for exchange in exchanges)]
    return "\n\n".join(parts) + "\n"


def _accounts(exchange: str, translate: Translator) -> str:
    boxes = _comment("\n".join(map(translate, key_guide(exchange))))
    sub = translate(_("A sub-account shows its orders, bots, earn and debts only to a key of its own:"))
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
    yield _("A key that can only read, at {name}: {page}").format(name=facts.name, page=facts.key_page)
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
        yield _indented(_("Sub-accounts: switch to each of them and create a key with the same boxes there."))
        yield ""
    names = [f"{exchange}_{key}".upper() for exchange in exchanges for key in needs.credentials(exchange)]
    yield _("The simplest way: `audit login` asks for the key and keeps it in the system keyring.")
    yield _("Or set it in the environment, one line at a time. bash, zsh (what you paste is not shown):")
    yield from (f"  read -rs {name} && export {name}" for name in names)
    yield _("PowerShell:")
    yield from (f"  $env:{name} = {_HIDDEN.format(name=name)}" for name in names)
