"""Groups of options of `audit fleet work`, and the request that they make."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from auditor.cli.options import common as opt
from auditor.cli.options import watch as w
from auditor.cli.options.watch_groups import ScheduleOptions

if TYPE_CHECKING:
    from auditor.cli.commands.audit import RunOptions
    from auditor.watch.notify.channels import Channel
    from auditor.watch.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetSchedule:
    """The schedule of each account, and the end of the work."""

    every: w.EveryOption = None
    longest: w.LongestOption = timedelta(hours=24)
    cron: w.CronOption = None
    confirm: w.ConfirmOption = timedelta(minutes=30)
    until: w.UntilOption = None

    def policy(self) -> "Policy":
        """Return the policy. Raises UserError for a malformed cron expression."""
        return ScheduleOptions(
            every=self.every, longest=self.longest, cron=self.cron, confirm=self.confirm, until=self.until
        ).policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessOptions:
    """Which keys are accepted, and how the exchanges are reached."""

    readonly: opt.ReadonlyOption = True
    unproven: opt.UnprovenOption = False
    trust_host: opt.TrustHostOption = None
    proxy: opt.ProxyOption = None

    def manner(self, **more: Any) -> "RunOptions":
        """Return the options of a run; ``more``: those of the command itself."""
        from auditor.cli.commands.audit import RunOptions

        return RunOptions(readonly=self.readonly, accept_unproven_key=self.unproven, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsOptions:
    """The channels that a digest of a fleet's news goes to."""

    notify: w.NotifyOption = None
    webhook: w.WebhookOption = None
    notify_command: w.CommandOption = None

    def channels(self) -> "tuple[Channel, ...]":
        """Return the channels. Raises UserError."""
        from auditor.watch.notify import channels

        commands = [] if self.notify_command is None else [channels.command(self.notify_command)]
        services = map(channels.apprise, self.notify or ())
        return (*services, *map(channels.webhook, self.webhook or ()), *commands)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRequest:
    """Everything that the command line of a worker asks for."""

    egress: str
    credentials: str
    history: str | None
    schedule: FleetSchedule
    manner: "RunOptions"
    access: AccessOptions
    news: NewsOptions
    slots: int
    share: Fraction
    grace: timedelta
