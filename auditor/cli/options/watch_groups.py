"""Groups of options of `audit watch`: schedule, notifications, units to print."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from auditor.cli.options import watch as w
from auditor.i18n import _
from auditor.model.errors import UserError

if TYPE_CHECKING:
    from auditor.cli.commands.watch_run import NotificationRequest
    from auditor.watch.policy import Policy

EVERY = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleOptions:
    """The schedule of a watch, and its end."""

    every: w.EveryOption = None
    longest: w.LongestOption = timedelta(hours=24)
    cron: w.CronOption = None
    confirm: w.ConfirmOption = timedelta(minutes=30)
    until: w.UntilOption = None
    max_passes: w.MaxPassesOption = None
    once: w.OnceOption = False
    no_wait: w.NoWaitOption = False

    def policy(self) -> "Policy":
        """Return the policy of the watch. Raises UserError for a malformed cron expression."""
        from auditor.watch.cron import CronSchedule
        from auditor.watch.policy import SHORTEST_INTERVAL, Policy

        return Policy(
            every=self.every or (EVERY if self.cron is None else SHORTEST_INTERVAL),
            cron=None if self.cron is None else CronSchedule(self.cron),
            longest=self.longest,
            confirm=self.confirm,
            until=self.until,
            max_passes=self.max_passes,
        )

    def only_once(self) -> bool:
        """Return whether to make one pass and end. Raises UserError for --no-wait alone."""
        if self.no_wait and not self.once:
            raise UserError(_("--no-wait goes with --once."))
        return self.once


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationOptions:
    """The notifications of a watch."""

    notify: w.NotifyOption = None
    webhook: w.WebhookOption = None
    notify_command: w.CommandOption = None
    notify_amounts: w.AmountsOption = False
    metrics_file: w.MetricsOption = None
    stale_after: w.StaleOption = timedelta(days=3)

    def notifications(self) -> "NotificationRequest":
        """Return the notifications as the run of a watch takes them."""
        from auditor.cli.commands.watch_run import NotificationRequest

        return NotificationRequest(
            apprise=tuple(self.notify or ()),
            webhooks=tuple(self.webhook or ()),
            command=self.notify_command,
            amounts=self.notify_amounts,
            metrics=self.metrics_file,
            stale_after=self.stale_after,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOptions:
    """The units to print instead of watching."""

    print_systemd: w.PrintSystemdOption = False
    print_cron: w.PrintCronOption = False
    print_github_action: w.PrintGithubOption = False

    def kinds(self) -> Sequence[str]:
        """Return the kinds of units to print."""
        flags = {"systemd": self.print_systemd, "cron": self.print_cron, "github": self.print_github_action}
        return [kind for kind, is_set in flags.items() if is_set]
