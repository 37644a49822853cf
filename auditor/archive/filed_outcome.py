"""What is said of statements: what they add, what contradicts them, and what they leave open."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from auditor.archive.imports.imported_file import ImportedFile
from auditor.archive.imports.statement_store import ApiChange, State
from auditor.archive.imports.statements import SECOND, Statements
from auditor.archive.sum_proof import SumProof
from auditor.archive.times import from_milliseconds, iso
from auditor.archive.wallet_proof import CoinStatus
from auditor.i18n import Message, _, day, verbatim
from auditor.model.amounts import plain
from auditor.spec.history import History
from auditor.spec.summed import FiledWallet

MOST_NAMED = 10


def filed_faults(statements: Statements) -> Iterator[Message]:
    """Yield what contradicts: of one change of one second, file and API say different amounts."""
    for row, amount in statements.contradicted:
        text = _("{asset} at {time}: the file of the site says {change}, the API says {amount} ({source}).")
        time = iso(row.second * SECOND)
        yield text.format(asset=row.asset, time=time, change=row.amount, amount=amount, source=row.source)


def filed_gaps(statements: Statements, totals: Mapping[str, Decimal] | None, history: History) -> Iterator[Message]:
    """Yield what statements leave open. ``totals``: what is in each wallet, None where it was not read."""
    for file in statements.files.values():
        yield from _file(file)
    for odd in statements.odd:
        yield _("{source}: this row was not read: {reason}.").format(source=odd.source, reason=odd.reason)
    if statements.unknown:
        text = _(
            "Rows of accounts that this program does not know, kept in statement.csv and not added up: {accounts}."
        )
        yield text.format(accounts=_counted(statements.unknown))
    yield from _times(statements)
    yield from _differing(statements)
    yield from _without_rows(statements, history)
    yield from _inside(statements, totals or {}, history)


def _file(file: ImportedFile) -> Iterator[Message]:
    if file.unread or not file.rows:
        return
    if not file.heading.uid:
        yield _("{file}: it does not say of which account it is.").format(file=file.source)
    if file.heading.zone is None and not file.matched:
        text = _("{file}: nothing says of which zone its times are, and none of its rows is the API's: UTC is assumed.")
        yield text.format(file=file.source)


def _times(statements: Statements) -> Iterator[Message]:
    """Yield of which time no file is."""
    for before, after in statements.gaps:
        text = _(
            "Between {before} and {after} no file has a row, and nothing says whether there was one: add a file that "
            "begins before the first of these times and ends after the second."
        )
        yield text.format(before=iso(before), after=iso(after))
    if statements.before:
        text = _("The files begin on {day}, and this account has earlier changes ({count}): add a file that has them.")
        start = day(from_milliseconds(statements.stretch[0]))
        yield text.format(day=start, count=statements.before)


def _differing(statements: Statements) -> Iterator[Message]:
    if statements.one_sided:
        text = _(
            "Files of the same time do not have the same rows (changes: {count}): one of them may be of some accounts "
            "or coins only, or was changed."
        )
        yield text.format(count=statements.one_sided)
    if statements.lone:
        text = _(
            "Transfers between wallets of which files have one half only: {count}. Make the files of all accounts, and "
            "without hiding transfers."
        )
        yield text.format(count=statements.lone)
    if statements.missing:
        text = _("Changes that the API gave and no file has: {count}, such as {changes}.")
        yield text.format(count=statements.missing, changes=_(", ").join(map(_change, statements.lacking)))
    for title, count in statements.undue.items():
        text = _("{list}: rows of files that the exchange's own list lacks: {count}.")
        yield text.format(list=_(title), count=count)


def _without_rows(statements: Statements, history: History) -> Iterator[Message]:
    """Yield wallets of which nothing shows that files were made of them, too."""
    for wallet in history.summed:
        # A wallet into which only others pay may never have been there.
        if not statements.is_empty and wallet.wallet not in statements.wallets and not wallet.paid_in:
            text = _(
                "{wallet}: no file has a row of it, so that nothing says that they were made of all accounts. Move "
                "something into it and back, and make the archive and the file again: the file then has these rows."
            )
            yield text.format(wallet=_(wallet.title))


def _change(one: ApiChange) -> Message:
    return _("{amount} {asset} at {time}").format(amount=one.amount, asset=one.asset, time=iso(one.second * SECOND))


def _inside(statements: Statements, totals: Mapping[str, Decimal], history: History) -> Iterator[Message]:
    """Yield what does not come to nothing within a product in which nothing is."""
    for wallet in (one for one in history.filed if one.wallet in statements.inside):
        left = {coin: amount for coin, amount in statements.inside[wallet.wallet].items() if amount}
        if left and not totals.get(wallet.total):
            text = _("{wallet}: its rows in files come to {coins}, and the exchange shows nothing in it.")
            coins = _(", ").join(
                _("{amount} {asset}").format(amount=plain(amount), asset=coin) for coin, amount in sorted(left.items())
            )
            yield text.format(wallet=_(wallet.title), coins=coins)


def filed_notes(statements: Statements) -> Iterator[Message]:
    """Yield what statements add, and what no file proves."""
    for file in statements.files.values():
        if not file.rows and not file.odd and not file.unread:
            text = _("{file}: it has no row, which does not prove that there was none.")
            yield text.format(file=file.source)
    if not statements.is_empty:
        yield from _added(statements)


def _added(statements: Statements) -> Iterator[Message]:
    first, last = (day(from_milliseconds(moment)) for moment in statements.stretch)
    count, same = sum(statements.counts.values()), sum(statements.counts.get(one, 0) for one in (State.API, State.SUM))
    text = _(
        "Files of the exchange's site: {count} rows from {first} to {last}. Of these the API gave {same} as well; "
        "those that only the files have are in the ledger as imported: {only}."
    )
    only = _counted(statements.only) if statements.only else _("none")
    yield text.format(count=count, first=first, last=last, same=same, only=only)
    if statements.moved:
        text = _("Rows of files that the API gave with another time, within a day: {count}. The ledger has the API's.")
        yield text.format(count=statements.moved)
    yield _(
        "A file proves what is between its first row and its last, provided that nobody edited it. Two changes that "
        "only it has and that cancel out to the last digit could be removed from it without a trace."
    )


def _counted(numbers: Mapping[str, int]) -> Message:
    """Return names with how many rows there are of each."""
    names = [_("{name} ({count})").format(name=verbatim(name), count=count) for name, count in numbers.items()]
    more = [verbatim("...")] if len(names) > MOST_NAMED else []
    return _(", ").join([*names[:MOST_NAMED], *more])


def filed_sentence(wallet: SumProof) -> Message:
    """Return what the changes of a wallet come to that only files have."""
    title, count = _(wallet.ledger.title), len(wallet.coins)
    if wallet.is_blind:
        return _(
            "{wallet}: its changes are here from files (coins: {count}); there is nothing to compare them with."
        ).format(wallet=title, count=count)
    if any(coin.status is not CoinStatus.SUMMED for coin in wallet.coins):
        return _("{wallet}: its changes in files do not come to nothing, and nothing is in it.").format(wallet=title)
    text = _("{wallet}: from nothing, its changes in files come to nothing, which is what is in it (coins: {count}).")
    return text.format(wallet=title, count=count)


def filed_wallet_gaps(wallet: SumProof, *, rested: bool) -> Iterator[Message]:
    """Yield what a wallet leaves open whose changes only files have."""
    if not isinstance(wallet.ledger, FiledWallet):
        return
    if wallet.is_blind:
        text = _("{wallet}: there is something in it, or its total was not read: how much of each coin is not known.")
        yield text.format(wallet=_(wallet.ledger.title))
        return
    for coin in wallet.coins:
        if coin.difference and rested:
            text = _("{wallet} {asset}: its changes in files come to {closing}, and nothing is in it.")
            yield text.format(wallet=_(wallet.ledger.title), asset=coin.asset, closing=plain(coin.closing))
