"""The options of `audit watch` that go together: when to look, whom to tell, what to print instead."""

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
    """When to look, and until when."""

    every: w.Every = None
    longest: w.Longest = timedelta(hours=24)
    cron: w.Cron = None
    confirm: w.Confirm = timedelta(minutes=30)
    until: w.Until = None
    max_passes: w.MaxPasses = None
    once: w.Once = False
    no_wait: w.NoWait = False

    def policy(self) -> "Policy":
        """The rhythm in the watch's own terms. Raises Problem for a line of times that is none."""
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
        """Whether to make one pass and end. Raises Problem where nothing else would make sense."""
        if self.no_wait and not self.once:
            raise Problem(_("--no-wait goes with --once."))
        return self.once


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Whom to tell, and what."""

    notify: w.Notify = None
    webhook: w.Webhook = None
    notify_command: w.Command = None
    notify_amounts: w.Amounts = False
    metrics_file: w.Metrics = None
    stale_after: w.Stale = timedelta(days=3)

    def telling(self) -> "Telling":
        """The same in the watch's own terms."""
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
    """What to print in place of watching."""

    print_systemd: w.PrintSystemd = False
    print_cron: w.PrintCron = False
    print_github_action: w.PrintGithub = False

    def kinds(self) -> Sequence[str]:
        """The names of what is asked for."""
        asked = {"systemd": self.print_systemd, "cron": self.print_cron, "github": self.print_github_action}
        return [kind for kind, is_asked in asked.items() if is_asked]
