"""Wording of where a fleet stands, alike in the terminal and on the page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from auditor.fleet.egresses import Egress
from auditor.fleet.status.model import Blockage, FleetStatus, Group, State
from auditor.history.last_pass import UNREAD
from auditor.i18n import EMPTY, Message, Text, _, counted, day, moment, sentences, verbatim
from auditor.model.report import Severity
from auditor.rules import all_rules
from auditor.watch.notify.messages import span_text


@dataclass(frozen=True, slots=True)
class Table:
    """A table for readers: a title, the names of its columns, and rows. ``figures``: columns of numbers."""

    title: Message
    heads: tuple[Message, ...]
    rows: tuple[tuple[Text, ...], ...]
    figures: frozenset[int] = frozenset()
    note: Message = EMPTY


def state_name(state: State) -> Message:
    """Return the name of a state."""
    return {
        State.CONFIRMED: _("ready, confirmed"),
        State.CLEAN: _("ready, not confirmed yet"),
        State.BLOCKED: _("not ready to close"),
        State.REFUSED: _("key rejected"),
        State.INCOMPLETE: _("incomplete"),
        State.UNCHECKED: _("not checked yet"),
    }[state]


def _short_name(state: State) -> Message:
    """Return the name of a state at the head of a column."""
    return {
        State.CONFIRMED: _("Confirmed"),
        State.CLEAN: _("Ready"),
        State.BLOCKED: _("Not ready"),
        State.REFUSED: _("Rejected"),
        State.INCOMPLETE: _("Incomplete"),
        State.UNCHECKED: _("Unchecked"),
    }[state]


def headline(status: FleetStatus) -> Message:
    """Word how many accounts are ready, in one line."""
    total = status.total
    if not total.accounts:
        return _("This fleet has no account: `audit fleet add` adds a list of them.")
    text = counted(total.accounts, _("{count} account"), _("{count} accounts"))
    ready = _("{ready} of {accounts} ready and confirmed, on {time}")
    return ready.format(ready=total.count(State.CONFIRMED), accounts=text, time=moment(status.at))


def ending(status: FleetStatus) -> Message:
    """Word when the fleet can be over at the earliest, or that nobody can say."""
    total = status.total
    if not total.accounts:
        return EMPTY
    if total.count(State.CONFIRMED) == total.accounts:
        return _("All of it is over.")
    unknown = counted(
        total.undated,
        _("For {count} account nobody can say: something in it has no date, or it could not be read."),
        _("For {count} accounts nobody can say: something in them has no date, or they could not be read."),
    )
    return sentences(_known_ending(status), unknown if total.undated else EMPTY)


def _known_ending(status: FleetStatus) -> Message:
    ready_at = status.total.ready_at
    if ready_at is not None and ready_at > status.at:
        return _("It can be over on {day} at the earliest.").format(day=day(ready_at))
    if status.total.undated:
        return EMPTY
    return _("Nothing has to be waited for: it is over as soon as what is left is cleared and checked twice.")


def states_table(groups: Sequence[Group], title: Message, head: Message) -> Table:
    """Return the number of accounts by state, a row a group."""
    states = tuple(state for state in State if any(group.count(state) for group in groups))
    heads = (head, _("Accounts"), *map(_short_name, states), _("To clear"), _("Stuck"), _("Late"))
    rows = tuple(
        (
            group.name,
            str(group.accounts),
            *(str(group.count(state)) for state in states),
            *(str(figure) for figure in (group.blockers, group.stuck, group.late)),
        )
        for group in groups
    )
    return Table(title, heads, rows, frozenset(range(1, len(heads))))


def what_blocks(blockages: Sequence[Blockage]) -> tuple[Blockage, ...]:
    """Return what keeps accounts from being ready: blockers, and places that could not be checked."""
    return tuple(one for one in blockages if one.severity is Severity.BLOCKER or one.rule == UNREAD)


def blockage_table(blockages: Sequence[Blockage], limit: int | None = None) -> Table:
    """Return what blocks most, a row for each rule at each exchange; amounts are left out."""
    blocking = what_blocks(blockages)
    shown = tuple(
        (rule_title(one.rule), one.exchange, str(one.accounts), str(one.findings)) for one in blocking[:limit]
    )
    heads = (_("What"), _("Exchange"), _("Accounts"), _("Found"))
    more = len(blocking) - len(shown)
    note = counted(more, _("and {count} more"), _("and {count} more")) if more else EMPTY
    return Table(_("What blocks most"), heads, shown, frozenset({2, 3}), note)


def stuck_table(status: FleetStatus) -> Table:
    """Return who is stuck, and since when."""
    heads = (_("Account"), _("Exchange"), _("Unchanged since"), _("To clear"), _("What"))
    rows = tuple(
        (line.name, line.exchange, _day(line.since), str(line.blockers), rule_titles(line.rules))
        for line in status.stuck
    )
    title = _("Stuck: the same for {span} or longer, and no date ahead").format(span=span_text(status.stuck_after))
    return Table(title, heads, rows, frozenset({3}), _more(status.total.stuck, rows))


def unread_table(status: FleetStatus) -> Table:
    """Return the accounts that were not read completely for the longest time."""
    heads = (_("Account"), _("Exchange"), _("Not complete since"), _("Places"), _("State"))
    rows = tuple(
        (line.name, line.exchange, _day(line.since), str(line.unread), state_name(line.state)) for line in status.unread
    )
    return Table(
        _("Not checked completely for the longest"), heads, rows, frozenset({3}), _more(status.total.partial, rows)
    )


def late_table(status: FleetStatus) -> Table:
    """Return the accounts whose check is late."""
    heads = (_("Account"), _("Exchange"), _("Worker"), _("Due"))
    rows = tuple((line.name, line.exchange, line.egress, _moment(line.since)) for line in status.late)
    return Table(_("Late: a check was due more than an hour ago"), heads, rows, note=_more(status.total.late, rows))


def refused_table(status: FleetStatus) -> Table:
    """Return the accounts whose key was rejected."""
    heads = (_("Account"), _("Exchange"), _("Since"))
    rows = tuple((line.name, line.exchange, _day(line.since)) for line in status.refused)
    number = status.total.count(State.REFUSED)
    return Table(
        _("Keys rejected: give these accounts a key that can only read"), heads, rows, note=_more(number, rows)
    )


def returned_table(status: FleetStatus) -> Table:
    """Return the accounts that were clean once and are blocked now."""
    heads = (_("Account"), _("Exchange"), _("Since"), _("To clear"))
    rows = tuple((line.name, line.exchange, _day(line.since), str(line.blockers)) for line in status.returned)
    title = _("Came back: ready once, and not ready now")
    return Table(title, heads, rows, frozenset({3}), _more(status.total.returned, rows))


def worker_table(status: FleetStatus) -> Table:
    """Return the workers, with their last sign of life and their figures of the last hour or two."""
    heads = (_("Worker"), _("Computer"), _("State"), _("Last sign of life"), _("Checks"), _("Too many requests"))
    rows = tuple(
        (
            egress.name,
            egress.host,
            _worker_state(status, egress),
            _moment(egress.seen_at),
            str(egress.passes),
            str(egress.limited),
        )
        for egress in status.egresses
    )
    since = min((egress.since for egress in status.egresses), default=None)
    note = (
        _("Checks and answers that asked for fewer requests: since {time}.").format(time=moment(since))
        if since
        else EMPTY
    )
    return Table(_("Workers"), heads, rows, frozenset({4, 5}), note)


LISTS: Mapping[str, Callable[[FleetStatus], Table]] = {
    "stuck": stuck_table,
    "returned": returned_table,
    "refused": refused_table,
    "unread": unread_table,
    "late": late_table,
}
"""The tables about single accounts, by the name of their list."""


def tables(status: FleetStatus) -> Iterator[Table]:
    """Yield the tables about single accounts and workers that have rows."""
    yield from (table for table in (make(status) for make in (*LISTS.values(), worker_table)) if table.rows)


def groups_table(status: FleetStatus, by: str) -> Table | None:
    """Return the accounts by exchange, tag or egress; None for anything else."""
    groups, title, head = {
        "exchange": (status.exchanges, _("Accounts by exchange"), _("Exchange")),
        "tag": (status.tags, _("Accounts by tag"), _("Tag")),
        "egress": (status.egress_groups, _("Accounts by worker"), _("Worker")),
    }.get(by, ((), EMPTY, EMPTY))
    return states_table(groups, title, head) if groups else None


def rule_titles(rules: Sequence[str]) -> Message:
    """Return the titles of rules as a list."""
    return _("; ").join(map(rule_title, rules))


def rule_title(rule: str) -> Message:
    """Return the title of a rule; an id that this version does not know stands for itself."""
    if rule == UNREAD:
        return _("A place could not be checked")
    title = _titles().get(rule)
    return verbatim(rule) if title is None else _(title)


@cache
def _titles() -> Mapping[str, str]:
    return {rule.id: rule.title for rule, _module in all_rules()}


def _worker_state(status: FleetStatus, egress: Egress) -> Message:
    if egress.ended_at is not None:
        return _("ended")
    return _("silent") if status.is_silent(egress) else _("works")


def _more(number: int, rows: Sequence[object]) -> Message:
    more = number - len(rows)
    return counted(more, _("and {count} more"), _("and {count} more")) if more > 0 else EMPTY


def _day(when: datetime | None) -> Text:
    return "" if when is None else day(when)


def _moment(when: datetime | None) -> Text:
    return "" if when is None else moment(when)
