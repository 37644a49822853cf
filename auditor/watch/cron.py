"""Fixed times in cron syntax, in the time zone of this computer."""

from dataclasses import dataclass
from datetime import UTC, datetime

from auditor.i18n import _
from auditor.model.errors import UserError


@dataclass(frozen=True, slots=True)
class CronSchedule:
    """A cron expression of five fields."""

    expression: str

    def __post_init__(self) -> None:
        """Validate the expression. Raises UserError."""
        self.after(datetime.now(UTC))

    def after(self, moment: datetime) -> datetime:
        """Return the first matching time after ``moment``."""
        from cronsim import CronSim, CronSimError  # noqa: PLC0415 - only --cron needs it

        # Naive local time: a fixed offset would be wrong after a change to or from summer time.
        local = moment.astimezone().replace(tzinfo=None)
        try:
            # When clocks are set back, an hour of local times occurs twice; skip those already past.
            return next(at for match in CronSim(self.expression, local) if (at := match.astimezone(UTC)) > moment)
        except (CronSimError, StopIteration):
            text = _("--cron {expression!r} is not a valid time: write five fields: '0 8 * * *' is 8 o'clock.")
            raise UserError(text.format(expression=self.expression)) from None
