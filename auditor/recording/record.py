"""Make a recording: audit, replace, check, and replay it to see that it comes to the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random, SystemRandom

from auditor.audit.audit_once import audit_once
from auditor.i18n import EMPTY, _, joined
from auditor.model.account import Account, Options
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.recording.anonymising import Anonymised, anonymise
from auditor.recording.answers import AuditManner, Recorder, Recording
from auditor.recording.leaks import leaks
from auditor.recording.outcome import difference, outcome
from auditor.recording.replay import replay

ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that can be given away, how it was made, and the report of the audit itself."""

    anonymised: Anonymised
    report: Report

    @property
    def recording(self) -> Recording:
        """The recording."""
        return self.anonymised.recording


async def record(account: Account, options: Options, random: Random | None = None) -> Recorded:
    """Audit ``account`` and return its recording. Raises UserError where nothing can be given away.

    ``random``: draws what replaces; the system's own unless a test wants the same again.
    """
    recorder, began = Recorder(), now()
    report = await audit_once([account], replace(options, keep=recorder.keep))
    whole = Recording(
        exchange=account.exchange,
        key=account.credentials["apiKey"].get_secret_value() if "apiKey" in account.credentials else "",
        recorded_at=began,
        # A clock that was set back meanwhile must not make it less than nothing.
        seconds=max(0.0, (now() - began).total_seconds()),
        manner=AuditManner(
            readonly=options.readonly,
            accept_unproven_key=options.accept_unproven_key,
            sandbox=account.sandbox,
            named=account.named,
        ),
        answers=tuple(recorder.answers),
        tool={"version": report.tool.version, "ccxt": report.tool.ccxt},
    )
    secrets = [secret.get_secret_value() for secret in account.credentials.values()]
    return Recorded(await _safe(whole, report, secrets, random or SystemRandom()), report)


async def _safe(whole: Recording, report: Report, secrets: Sequence[str], random: Random) -> Anonymised:
    """Return the recording with replacements that give nothing away and change nothing that was found.

    Where they do, others are drawn. Raises UserError after the last attempt.
    """
    if not whole.answers:
        raise UserError(_("The exchange gave no answer, so there is nothing to record."))
    expected, problem = outcome(report), EMPTY
    for _attempt in range(ATTEMPTS):
        anonymous = anonymise(whole, report, random)
        found = list(leaks(anonymous, secrets))
        if found:
            problem = joined("; ", found)
            continue
        again = outcome(await replay(anonymous.recording))
        difference_found = difference(expected, again)
        if not difference_found:
            return replace(anonymous, recording=replace(anonymous.recording, expected=again))
        problem = _("its replay came to something else ({what})").format(what=difference_found)
    message = _("The recording was not written: {why}. Nothing of it was kept.")
    raise UserError(message.format(why=problem))
