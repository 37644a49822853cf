"""Fixed times, as cron writes them, on the clock of this computer's own zone."""

from dataclasses import dataclass
from datetime import UTC, datetime

from auditor.i18n import _
from auditor.model.errors import Problem


@dataclass(frozen=True, slots=True)
class Cron:
    """A line of five fields."""

    expression: str

    def __post_init__(self) -> None:
        """Refuse what is no such line. Raises Problem."""
        self.after(datetime.now(UTC))

    def after(self, moment: datetime) -> datetime:
        """Give the first time after ``moment``."""
        from cronsim import CronSim, CronSimError  # noqa: PLC0415 - only those who give --cron need it

        # Local times without an offset: the one of today is wrong after the clocks change.
        here = moment.astimezone().replace(tzinfo=None)
        try:
            # As the clocks are set back, an hour's local times come twice, and the first of them are over.
            return next(at for found in CronSim(self.expression, here) if (at := found.astimezone(UTC)) > moment)
        except (CronSimError, StopIteration):
            text = _("--cron {expression!r} is no time: write five fields, e.g. --cron '0 8 * * *' for 8 o'clock.")
            raise Problem(text.format(expression=self.expression)) from None
