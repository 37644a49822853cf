"""What is said of balances that do not follow one another."""

from collections.abc import Iterable, Iterator

from auditor.archive.chain import Break
from auditor.archive.times import from_milliseconds
from auditor.i18n import Message, _, verbatim
from auditor.model.amounts import plain


def break_faults(title: str, breaks: Iterable[Break]) -> Iterator[Message]:
    """Yield what is missing between rows of a wallet. ``title``: of the wallet."""
    for one in breaks:
        text = _("{wallet} {asset}: {amount} missing between {before} and {after} (rows {first} and {second}).")
        before = one.before or one.after
        yield text.format(
            wallet=_(title),
            asset=one.asset,
            amount=plain(one.missing),
            before=_moment(before.time),
            after=_moment(one.after.time),
            first=before.label,
            second=one.after.label,
        )


def _moment(milliseconds: int) -> Message:
    return verbatim(from_milliseconds(milliseconds).strftime("%Y-%m-%d %H:%M:%S UTC"))
