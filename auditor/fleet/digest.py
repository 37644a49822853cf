"""Wording of a digest: names of accounts and no amounts, which the services that relay it would see."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from auditor.fleet.database import Database
from auditor.fleet.news import Digest, NamedAccount, collect_digest, note_reported
from auditor.fleet.news_turn import end_turn, take_turn
from auditor.formats.escape import escape_invisible, iso_time
from auditor.history.dialect import read_clock
from auditor.i18n import Message, Text, Translator, _, counted, joined, labelled
from auditor.watch.notify.channels import Channel, Notification, NotSentError

SCHEMA = "auditor.fleet-news/1"
NAMED = 20
"""Accounts that a message names; the rest is only counted."""
SENDING = 240.0
"""Seconds that sending may take: shorter than a turn lasts."""


async def tell_news(
    database: Database,
    channels: Sequence[Channel],
    translate: Translator,
    warn: Callable[[Message], None],
    *,
    at_once: bool = False,
) -> bool:
    """Send the news if it is this program's turn, and note it as sent if a channel took it; return whether it was.

    ``at_once``: also soon after the last digest. Raises HistoryAwayError.
    """
    turn = secrets.token_hex(16)
    if not await database.write(lambda connection: take_turn(connection, turn, at_once=at_once)):
        return False
    digest = await database.read(lambda connection: collect_digest(connection, read_clock(connection)))
    is_sent = not digest or await _send(to_notification(digest, translate), channels, warn)

    def end(connection: Connection) -> None:
        if end_turn(connection, turn) and is_sent:
            note_reported(connection, digest)

    await database.write(end)
    return True


async def _send(letter: Notification, channels: Sequence[Channel], warn: Callable[[Message], None]) -> bool:
    """Return whether a channel took the message."""
    sendings = [_send_by(channel, letter, warn) for channel in channels]
    return any(await asyncio.gather(*sendings))


async def _send_by(channel: Channel, letter: Notification, warn: Callable[[Message], None]) -> bool:
    try:
        async with asyncio.timeout(SENDING):
            await channel.send(letter)
    except (NotSentError, TimeoutError) as error:
        why = (
            _("it took longer than {count} s").format(count=int(SENDING)) if isinstance(error, TimeoutError) else error
        )
        text = _("The message could not be handed to {sender}: {why}. It is sent again with the next one.")
        warn(text.format(sender=channel.name, why=why))
        return False
    return True


def to_notification(digest: Digest, translate: Translator) -> Notification:
    """Return a digest as the message that channels take."""
    title = escape_invisible(translate(_title(digest)))
    lines = (title, *(escape_invisible(translate(line)) for line in _lines(digest)))
    return Notification(title=title, text="\n".join(lines), document=_document(digest))


def _title(digest: Digest) -> Message:
    if digest.all_over:
        return _("Account checks: all accounts are ready and confirmed")
    parts = (
        _count(digest.returned, _("{count} account came back"), _("{count} accounts came back")),
        _count(digest.refused, _("{count} key rejected"), _("{count} keys rejected")),
        _count(digest.tags, _("{count} tag is over"), _("{count} tags are over")),
    )
    return _("Account checks: {news}").format(news=_(", ").join(part for part in parts if part))


def _count(things: Sequence[object], one: Message, many: Message) -> Text:
    return counted(len(things), one, many) if things else ""


def _lines(digest: Digest) -> Sequence[Message]:
    lists = (
        (_("Came back"), [_shown(account) for account in digest.returned]),
        (_("Key rejected"), [_shown(account) for account in digest.refused]),
        (_("Every account is ready and confirmed"), list(digest.tags)),
    )
    return [labelled(label, _named(names)) for label, names in lists if names]


def _shown(account: NamedAccount) -> str:
    return f"{account.name} ({account.exchange})"


def _named(names: Sequence[str]) -> Message:
    text, more = joined(", ", names[:NAMED]), len(names) - NAMED
    return _("{names} and {count} more").format(names=text, count=more) if more > 0 else text


def _document(digest: Digest) -> Mapping[str, object]:
    return {
        "schema": SCHEMA,
        "at": iso_time(digest.at),
        "verdict": digest.verdict.value,
        "returned": [{"name": one.name, "exchange": one.exchange} for one in digest.returned],
        "refused": [{"name": one.name, "exchange": one.exchange} for one in digest.refused],
        "tags_over": list(digest.tags),
        "all_over": digest.all_over,
    }
