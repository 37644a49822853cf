"""The command `audit logout`: forget a key, wherever `audit login` put it."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.options import common as opt
from auditor.cli.options import panels
from auditor.cli.options import types as values
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import _, mark
from auditor.model.errors import UserError

if TYPE_CHECKING:
    from auditor.settings.accounts_file import AccountEntry

ForgottenAccountOption = Annotated[
    str | None,
    typer.Option(
        "--account",
        metavar="NAME",
        parser=values.text,
        rich_help_panel=panels.ACCOUNT,
        help=mark("The account to forget."),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command(help=mark("Forget a key that you entered with `audit login`."))(logout)


def logout(*, account: ForgottenAccountOption = None, config: opt.ConfigOption = None) -> Action:
    """Forget a key."""
    return partial(run, account, config)


def run(name: str | None, config: Path | None, runtime: Runtime) -> int:
    """Delete the key, take its account out of the file, and say that it still exists at the exchange."""
    from auditor.cli.commands import credential_storage as storage
    from auditor.formats.atomic_write import replace_file
    from auditor.settings import accounts_editing as editing
    from auditor.settings import accounts_file as config_file
    from auditor.settings.site_advice import key_page

    path = config or config_file.default_path()
    entry, others = _chosen(editing.entries(path), name, path)
    kept = [reference for other in others for reference in other.references().values()]
    left = storage.forget(entry.references().values(), kept, path.parent)
    replace_file(path, editing.without_account(path, entry.name))
    runtime.note(_("Forgotten: {name}. {path} names it no longer.").format(name=entry.name, path=path))
    for line in left:
        runtime.note(line)
    text = _("The key itself still exists at the exchange and can be used. Delete it there: {page}")
    runtime.note(text.format(page=key_page(entry.exchange, entry.base_url)))
    return 0


def _chosen(
    entries: "tuple[AccountEntry, ...]", name: str | None, path: Path
) -> "tuple[AccountEntry, list[AccountEntry]]":
    """Return the account to forget, and the others. Raises UserError."""
    from auditor.i18n.suggest import unknown

    names = [entry.name for entry in entries]
    if not names:
        raise UserError(_("There is nothing to forget: {path} has no account.").format(path=path))
    if name is None and len(names) > 1:
        raise UserError(_("Which one? Add --account NAME: {names}.").format(names=", ".join(names)))
    if name is not None and name not in names:
        raise UserError(unknown(_("account"), name, names))
    chosen = next(entry for entry in entries if name in {None, entry.name})
    return chosen, [entry for entry in entries if entry is not chosen]
