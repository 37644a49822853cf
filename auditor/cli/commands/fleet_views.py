"""The commands `audit fleet status` and `audit fleet export`: their arguments, and the functions to call."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial

import typer

from auditor.cli.options import fleet_views as v
from auditor.cli.options import watch as w
from auditor.cli.options.fleet_groups import NewsOptions
from auditor.cli.options.groups import expand_groups
from auditor.cli.runtime.reader import Action
from auditor.i18n import mark


def register(group: typer.Typer) -> None:
    """Add the commands of this module to the group `audit fleet`."""
    group.command(help=mark("Show how far the fleet is."))(status)
    group.command(help=mark("Write all accounts, their findings or their dust to a file."))(export)


@expand_groups
def status(
    *,
    form: v.FleetFormOption = None,
    output: v.FleetOutputOption = None,
    by: v.ByOption = "exchange",
    stuck: v.StuckOption = None,
    late: v.LateOption = False,
    news: NewsOptions,
    history: w.HistoryOption = None,
) -> Action:
    """Show where the fleet stands, and tell what is new."""
    from auditor.cli.commands import fleet_status as command

    wanted = command.StatusRequest(form=form, output=output, by=by, stuck=stuck, late=late, history=history, news=news)
    return partial(command.show, wanted)


def export(
    file: v.ExportArgument,
    *,
    table: v.TableOption = None,
    tag: v.ExportTagOption = None,
    history: w.HistoryOption = None,
) -> Action:
    """Write one table of all accounts."""
    from auditor.cli.commands import fleet_export as command

    return partial(command.export, command.FleetExportRequest(file=file, table=table, tag=tag, history=history))
