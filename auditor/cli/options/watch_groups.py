"""Groups of options of `audit watch`: schedule, notifications, units to print."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from auditor.cli.options import watch as w
from auditor.i18n import _
from auditor.model.errors import Problem

if TYPE_CHECKING:
    from auditor.cli.commands.watch_run import Telling
    from auditor.watch.policy import Policy

EVERY = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The schedule of a watch, and its end."""

    every: w.Every = None
    longest: w.Longest = timedelta(hours=24)
    cron: w.Cron = None
    confirm: w.Confirm = timedelta(minutes=30)
    until: w.Until = None
    max_passes: w.MaxPasses = None
    once: w.Once = False
    no_wait: w.NoWait = False

    def policy(self) -> "Policy":
        """Return the policy of the watch. Raises Problem for a malformed cron expression."""
        from auditor.watch.cron import Cron
        from auditor.watch.policy import LEAST, Policy

        return Policy(
            every=self.every or (EVERY if self.cron is None else LEAST),
            cron=None if self.cron is None else Cron(self.cron),
            longest=self.longest,
            confirm=self.confirm,
            until=self.until,
            max_passes=self.max_passes,
        )

    def only_once(self) -> bool:
        """Return whether to make one pass and end. Raises Problem for --no-wait alone."""
        if self.no_wait and not self.once:
            raise Problem(_("--no-wait goes with --once."))
        return self.once


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The notifications of a watch."""

    notify: w.Notify = None
    webhook: w.Webhook = None
    notify_command: w.Command = None
    notify_amounts: w.Amounts = False
    metrics_file: w.Metrics = None
    stale_after: w.Stale = timedelta(days=3)

    def telling(self) -> "Telling":
        """Return the notifications as the run of a watch takes them."""
        from auditor.cli.commands.watch_run import Telling

        return Telling(
            apprise=tuple(self.notify or ()),
            webhooks=tuple(self.webhook or ()),
            command=self.notify_command,
            amounts=self.notify_amounts,
            metrics=self.metrics_file,
            stale_after=self.stale_after,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """The units to print instead of watching."""

    print_systemd: w.PrintSystemd = False
    print_cron: w.PrintCron = False
    print_github_action: w.PrintGithub = False

    def kinds(self) -> Sequence[str]:
        """Return the kinds of units to print."""
        flags = {"systemd": self.print_systemd, "cron": self.print_cron, "github": self.print_github_action}
        return [kind for kind, is_set in flags.items() if is_set]
