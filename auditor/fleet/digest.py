"""Wording of a digest: names of accounts and no amounts, which the services that relay it would see."""

from collections.abc import Callable, Mapping, Sequence

from auditor.fleet.news import Account, Digest, collect_digest, note_told
from auditor.formats.escape import escape_invisible, iso_time
from auditor.history.dialect import read_clock
from auditor.history.store import History
from auditor.i18n import Message, Text, Translator, _, counted, joined, labelled
from auditor.watch.notify.channels import Channel, Notification, NotSentError

SCHEMA = "auditor.fleet-news/1"
NAMED = 20
"""Accounts that a message names; the rest is only counted."""


async def tell_news(
    history: History, channels: Sequence[Channel], translate: Translator, warn: Callable[[Message], None]
) -> bool:
    """Send the news, and note it as sent if a channel took it; return whether there was any."""
    with history.reading() as connection:
        digest = collect_digest(connection, read_clock(connection))
    is_sent = not digest
    for channel in channels if digest else ():
        try:
            await channel.send(to_notification(digest, translate))
            is_sent = True
        except NotSentError as error:
            text = _("The message could not be handed to {sender}: {why}. It is sent again with the next one.")
            warn(text.format(sender=channel.name, why=error))
    if is_sent:
        with history.writing() as connection:
            note_told(connection, digest)
    return bool(digest)


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


def _shown(account: Account) -> str:
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
