"""Findings that are alike, as one line: "BTC-USDT: 250 open orders, all buy, 12 Jan to 3 Mar"."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from auditor.i18n import EMPTY, Message, Text, _, counted, day, joined, labelled
from auditor.model.amounts import plain, total
from auditor.model.records import Area
from auditor.model.report import Finding

STUCK = "flow-stuck"
Titles = Mapping[tuple[str, str], Message]
"""Titles of places, by account and surface."""


def groups(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return the findings in groups that are alike, in the order of their first members. None is left out."""
    alike: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_key(finding), []).append(finding)
    return list(alike.values())


def group_text(group: Sequence[Finding], step: Iterable[Finding], titles: Titles) -> Message:
    """Return one line for findings that are alike; ``step``: all findings of their step."""
    first = group[0]
    label = _(", ").join((_subject(group, titles), *_notes(group)))
    is_order = first.area is Area.ORDERS
    return labelled(place(first, titles), label) if is_order and _is_elsewhere(first, step) else label


def _is_elsewhere(finding: Finding, step: Iterable[Finding]) -> bool:
    """Return whether several orders of the same market are also in another place, so that their lines look alike."""
    market = (finding.account, finding.market)
    places = Counter(other.surface for other in step if (other.account, other.market) == market)
    return sum(count > 1 for count in places.values()) > 1


def place(finding: Finding, titles: Titles) -> Message:
    """Return where a finding was seen: the place's title, and the sub-account if any."""
    title = titles.get((finding.account, finding.surface), EMPTY) or _(finding.surface)
    if finding.owner is None:
        return title
    return _("{place} of {owner}").format(place=title, owner=finding.owner)


def _key(finding: Finding) -> Hashable:
    """Return what findings have in common that are alike; without a market or an asset, only the holding itself.

    Each movement that is stuck has a reason of its own, and something that its owner must do about it.
    """
    if (finding.market is None and finding.asset is None) or finding.rule == STUCK:
        return (finding.rule, finding.severity, *finding.holding)
    place_of_it = (finding.account, finding.owner, finding.surface, finding.wallet)
    unit = None if finding.area is Area.ORDERS and finding.market else finding.asset
    return (*place_of_it, finding.rule, finding.severity, finding.muted, finding.market, unit)


def _subject(group: Sequence[Finding], titles: Titles) -> Message:
    first = group[0]
    if first.area is Area.ORDERS:
        orders = counted(len(group), _("{count} open order"), _("{count} open orders"))
        return labelled(first.market or first.asset or "", orders)
    many = _("{what} ({count})").format(what=first.market or first.asset, count=len(group))
    return labelled(place(first, titles), many)


def _notes(group: Sequence[Finding]) -> Iterator[Message]:
    yield from _sides([finding.side for finding in group if finding.side])
    amounts = [finding.amount for finding in group if finding.amount is not None]
    if group[0].area is not Area.ORDERS and group[0].asset and amounts:
        unstated = len(group) - len(amounts)
        text = _("{amount} {asset} and {count} without an amount") if unstated else _("{amount} {asset} in all")
        yield text.format(amount=plain(total(amounts)), asset=group[0].asset, count=unstated)
    yield from _days([finding.since for finding in group if finding.since is not None])
    ends = [finding.ready_at for finding in group if finding.ready_at is not None]
    yield from (_("paid out {days}").format(days=days) for days in _days(ends))


def _sides(sides: Sequence[str]) -> Iterator[Message]:
    """Yield how many there are of each side: "all buy", or "150 buy, 100 sell"."""
    counts = Counter(side.casefold() for side in sides)
    if len(counts) == 1:
        yield from (_("all {side}").format(side=_(side)) for side in counts)
    else:
        yield from (joined(" ", (count, _(side))) for side, count in counts.most_common())


def _days(moments: Sequence[datetime]) -> Iterator[Message]:
    """Yield the first and the last day, once where they are the same."""
    if not moments:
        return
    first, last = min(moments), max(moments)
    if first.date() == last.date():
        yield day(first)
    else:
        yield _("{first} to {last}").format(first=day(first), last=day(last))


def amount_text(finding: Finding) -> Text:
    """Return the exact amount of a finding with its asset; empty if there is none."""
    if finding.amount is None:
        return finding.asset or ""
    return f"{plain(finding.amount)} {finding.asset or ''}".rstrip()
