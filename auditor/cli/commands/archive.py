"""`audit archive`: the history of an account before it is closed, with the proof of what is complete."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from datetime import datetime
from functools import partial
from pathlib import Path

import typer

from auditor.cli.options import archive as opt_archive
from auditor.cli.options import common as opt
from auditor.cli.options.anywhere import OptionsAnywhere
from auditor.cli.options.groups import AccountOptions, expand_groups
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import mark


def register(app: typer.Typer) -> None:
    """Add the command group of this module to ``app``."""
    group = typer.Typer(cls=OptionsAnywhere, invoke_without_command=True, rich_markup_mode=None)
    group.callback(help=mark("Save the account's whole history in a folder, and prove what of it is complete."))(
        archive
    )
    group.command(help=mark("Try it with a built-in demo account. No key needed."))(demo)
    group.command(help=mark("Add files from the exchange's site to an archive: the result is a new archive."))(add)
    group.command(help=mark("Check an archive: its files, and its proof made anew. No key and no network needed."))(
        verify
    )
    group.command(help=mark("Write an archive for Koinly, rotki, Beancount or a spreadsheet."))(export)
    group.command(help=mark("Have a time stamp server sign when this archive was there. Sends it one hash."))(stamp)
    app.add_typer(group, name="archive")


@expand_groups
def archive(
    ctx: typer.Context,
    *,
    chosen: AccountOptions,
    to: opt_archive.ToOption = opt_archive.HERE,
    since: opt_archive.SinceOption = None,
    only: opt_archive.OnlyOption = None,
    fresh: opt_archive.FreshOption = False,
    yes: opt_archive.YesOption = False,
    expect_uid: opt.ExpectUidOption = None,
    verbose: opt.VerboseOption = False,
) -> Action | None:
    """Archive the selected accounts."""
    if ctx.invoked_subcommand is not None:
        return None
    from auditor.cli.commands import archive_run
    from auditor.cli.commands.audit import AuditRequest

    request = AuditRequest(choice=chosen.choice(expect_uid), manner=chosen.manner(verbose=verbose))
    return partial(archive_run.run, request, archive_run.Destination(to, since, fresh, only or "", yes))


def demo(
    *,
    exchange: opt.DemoExchangeOption = None,
    young: opt_archive.YoungOption = False,
    to: opt_archive.ToOption = opt_archive.HERE,
    since: opt_archive.SinceOption = None,
    only: opt_archive.OnlyOption = None,
    fresh: opt_archive.FreshOption = False,
    downloads: opt_archive.DownloadsOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Archive an account of the embedded exchange."""

    def make_demo(runtime: Runtime) -> int:
        from auditor.cli.commands import archive_run
        from auditor.cli.runtime import log as logs

        logs.configure(verbose=verbose, translate=runtime.console)
        to_folder = archive_run.Destination(to, since, fresh, only or "")
        return archive_run.demo(to_folder, exchange, downloads, runtime, young=young)

    return make_demo


def add(
    folder: opt_archive.FolderArgument, files: opt_archive.FilesArgument, *, verbose: opt.VerboseOption = False
) -> Action:
    """Add files to an archive."""
    return partial(_add, folder, files, verbose)


def _add(folder: Path, files: list[Path], verbose: int, runtime: Runtime) -> int:
    from auditor.cli.commands import archive_run

    return archive_run.add(folder, files, verbose, runtime)


def verify(folder: opt_archive.FolderArgument, *, verbose: opt.VerboseOption = False) -> Action:
    """Verify an archive."""
    return partial(_verify, folder, verbose)


def _verify(folder: Path, verbose: int, runtime: Runtime) -> int:
    from auditor.cli.commands import archive_run

    return archive_run.verify(folder, verbose, runtime)


def export(
    folder: opt_archive.FolderArgument,
    *,
    form: opt_archive.ExportFormatOption,
    first: opt_archive.FromOption = None,
    last: opt_archive.UntilOption = None,
    output: opt_archive.ExportOutputOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Export an archive."""
    return partial(_export, (folder, form, first, last, output), verbose)


def _export(
    request: tuple[Path, str, datetime | None, datetime | None, Path | None], verbose: int, runtime: Runtime
) -> int:
    from auditor.cli.commands.archive_export import ExportRequest, export

    return export(ExportRequest(*request), verbose, runtime)


def stamp(
    folder: opt_archive.FolderArgument, *, tsa: opt_archive.TsaOption, verbose: opt.VerboseOption = False
) -> Action:
    """Stamp an archive."""
    return partial(_stamp, folder, tsa, verbose)


def _stamp(folder: Path, tsa: str, verbose: int, runtime: Runtime) -> int:
    from auditor.cli.commands import archive_run

    return archive_run.stamp_seal(folder, tsa, verbose, runtime)
