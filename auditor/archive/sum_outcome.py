"""What is said of wallets whose changes are added up: what each comes to, and what it leaves open."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from auditor.archive.breaks import break_faults
from auditor.archive.coin_sum import CoinSum
from auditor.archive.facts import RunFacts
from auditor.archive.filed_outcome import filed_gaps, filed_notes, filed_sentence, filed_wallet_gaps
from auditor.archive.sum_proof import SumProof
from auditor.archive.sums import Sums
from auditor.archive.times import from_milliseconds
from auditor.archive.wallet_proof import CoinProof, CoinStatus
from auditor.i18n import Message, _, day, verbatim
from auditor.model.amounts import ZERO, plain, short
from auditor.spec.history import History
from auditor.spec.summed import FiledWallet, WalletTotals

MOST_TOLD = 100
NO_BALANCES = _(
    "{wallet}: the exchange prints no balance after a change. If two changes were missing that cancel out to the last "
    "digit, no sum would show it."
)
NO_BALANCES_BEFORE = _(
    "{wallet}: the exchange prints the balance after a change since {day}, and each follows from the one before it. "
    "Earlier, if two changes were missing that cancel out to the last digit, no sum would show it."
)


def sum_faults(wallet: SumProof) -> Iterator[Message]:
    """Yield what contradicts: balances that do not follow, or end with what is not shown.

    Sums contradict only where every list was read from the beginning, and nothing else changes a balance.
    """
    yield from break_faults(wallet.ledger.title, wallet.breaks)
    for coin in wallet.coins:
        if coin.status is CoinStatus.DIFFERENCE:
            text = _("{wallet} {asset}: the rows come to {closing}, the exchange shows {shown}.")
            yield _sentence(text, wallet, coin)


def all_gaps(sums: Sums, totals: Mapping[str, Decimal] | None, history: History, facts: RunFacts) -> Iterator[Message]:
    """Yield what keeps the wallets whose changes are added up from being complete.

    ``totals``: what is in each wallet of the account, None where it was not read.
    """
    yield from (doubt for doubts in sums.doubts.values() for doubt in doubts)
    yield from filed_gaps(sums.statements, totals, history)
    for wallet in sums.wallets:
        lacking = [one.listed.title for one in sums.short_of(wallet)]
        is_filed = isinstance(wallet.ledger, FiledWallet)
        yield from (
            filed_wallet_gaps(wallet, rested=facts.rested)
            if is_filed
            else sum_gaps(wallet, rested=facts.rested, lacking=lacking)
        )
    added_up = {wallet.ledger.wallet for wallet in sums.wallets}
    for name in sorted({*sums.elsewhere, *_used(history, facts)} - added_up):
        text = _(
            "{wallet}: this account used it, and its own changes are not added up here. Export its history on the "
            "exchange's site before you close the account."
        )
        yield text.format(wallet=_(history.others.get(name, name)))
    if history.totals is not None and totals is None:
        yield _("What is in the account's other wallets could not be read.")
    named = {wallet.ledger.total for wallet in sums.wallets if isinstance(wallet.ledger, FiledWallet)}
    for name, amount in sorted((totals or {}).items()):
        if amount and history.totals is not None and name not in named and not _is_here(name, sums, history.totals):
            text = _("{wallet}: there is something in it, and its changes are not added up here.")
            yield text.format(wallet=verbatim(name))


def _used(history: History, facts: RunFacts) -> set[str]:
    """Return the other wallets of which a list that only explains has rows."""
    with_rows = {end.id for end in facts.lists if end.rows}
    return {one.shows_use_of for one in history.seconds if one.shows_use_of and one.id in with_rows}


def _is_here(name: str, sums: Sums, totals: WalletTotals) -> bool:
    """Return whether the changes of a wallet are here, by the exchange's name of it."""
    own = totals.by_name.get(name)
    return name in totals.here or any(one.ledger.wallet == own and one.coins for one in sums.wallets)


def sum_gaps(wallet: SumProof, *, rested: bool, lacking: Sequence[str] = ()) -> Iterator[Message]:
    """Yield what a wallet leaves open beside its lists. ``lacking``: titles of those of which rows are missing."""
    title = _(wallet.ledger.title)
    if wallet.is_blind:
        yield _("{wallet}: its balances could not be read.").format(wallet=title)
    openings = [coin for coin in wallet.coins if coin.status is CoinStatus.OPENING]
    if openings:
        coins = _(", ").join(
            _("{amount} {asset}").format(amount=short(one.opening), asset=one.asset) for one in openings
        )
        yield _("{wallet}: there before its first row: {coins}.").format(wallet=title, coins=coins)
    unexplained = [coin for coin in wallet.coins if coin.status is CoinStatus.UNEXPLAINED]
    if lacking and any(coin.difference for coin in unexplained):
        text = _(
            "{wallet}: not every row of these lists is here: {lists}. Its changes therefore come to something else "
            "than what is shown, which says nothing against the account:"
        )
        yield text.format(wallet=title, lists=_(", ").join(map(_, lacking)))
    for coin in unexplained[:MOST_TOLD]:
        if coin.difference:
            yield _sentence(_("{wallet} {asset}: the changes here come to {closing}, shown are {shown}."), wallet, coin)
    if len(unexplained) > MOST_TOLD:
        yield _("{wallet}: further assets that do not come to what is shown: {count}.").format(
            wallet=title, count=len(unexplained) - MOST_TOLD
        )
    yield from (_owed(wallet, wallet.joint[asset]) for asset in sorted(wallet.sums) if wallet.owes(asset))
    if any(coin.difference for coin in unexplained) and wallet.ledger.elsewhere:
        text = _("{wallet}: these change it, too, and no list here has them: {others}.")
        yield text.format(wallet=title, others=_(", ").join(map(_, wallet.ledger.elsewhere)))
    if lacking and wallet.ledger.advice and (wallet.rows or wallet.coins):
        yield _("{wallet}: {advice}").format(wallet=title, advice=_(wallet.ledger.advice))
    if not rested or any(coin.status is CoinStatus.MOVING for coin in wallet.coins):
        yield _("{wallet}: the account does not rest; something moved while it was read.").format(wallet=title)


def sum_sentence(wallet: SumProof) -> Message:
    """Return what the changes of a wallet come to."""
    return filed_sentence(wallet) if isinstance(wallet.ledger, FiledWallet) else _listed_sentence(wallet)


def _listed_sentence(wallet: SumProof) -> Message:
    """Return what the changes of a wallet come to that the API lists."""
    title, count = _(wallet.ledger.title), len(wallet.coins)
    by_status = {status: sum(coin.status is status for coin in wallet.coins) for status in CoinStatus}
    if by_status[CoinStatus.DIFFERENCE] or by_status[CoinStatus.BREAK]:
        return _("{wallet}: does not reconcile.").format(wallet=title)
    if not wallet.rows and not wallet.coins and not wallet.is_blind:
        return _("{wallet}: no rows, and nothing in it now.").format(wallet=title)
    if wallet.is_blind or by_status[CoinStatus.MOVING]:
        return _("{wallet}: not proved.").format(wallet=title)
    since = day(from_milliseconds(wallet.first_time))
    if by_status[CoinStatus.UNEXPLAINED]:
        text = _("{wallet}: of {count} assets, {open} do not follow from the changes that are here.")
        return text.format(wallet=title, count=count, open=by_status[CoinStatus.UNEXPLAINED])
    if by_status[CoinStatus.OPENING] or not wallet.is_whole:
        return _late_sentence(wallet, by_status[CoinStatus.OPENING])
    text = _("{wallet}: from nothing, its changes since {day} come to what is shown, by sums (coins: {count}).")
    return text.format(wallet=title, day=since, count=count)


def _late_sentence(wallet: SumProof, openings: int) -> Message:
    """Return what the changes of a wallet come to that begin late. ``openings``: coins that were there before."""
    title, count, since = _(wallet.ledger.title), len(wallet.coins), day(from_milliseconds(wallet.first_time))
    if not wallet.rows:
        return _("{wallet}: no rows here; what is in it was there before (coins: {count}).").format(
            wallet=title, count=count
        )
    if not openings:
        text = _(
            "{wallet}: its changes since {day} come to what is shown (coins: {count}), though not every list was read "
            "from the beginning to its end."
        )
        return text.format(wallet=title, day=since, count=count)
    text = _(
        "{wallet}: its changes since {day} lead to what is shown, from what was there before (coins: {count}, of "
        "which there before: {open})."
    )
    return text.format(wallet=title, day=since, count=count, open=openings)


def sum_notes(sums: Sums) -> Iterator[Message]:
    """Yield what no sum can prove, and what no list has."""
    yield from sums.notes
    yield from filed_notes(sums.statements)
    yield from _reaches(sums)
    for wallet in (one for one in sums.wallets if one.rows or one.coins or not one.ledger.paid_in):
        since = wallet.followed_since
        yield (
            NO_BALANCES_BEFORE.format(wallet=_(wallet.ledger.title), day=day(from_milliseconds(since)))
            if since and not wallet.breaks
            else NO_BALANCES.format(wallet=_(wallet.ledger.title))
        )
        together = [coin.asset for coin in wallet.coins if coin.status is CoinStatus.TOGETHER]
        if together:
            text = _(
                "{wallet}: conversions of these assets are listed under another wallet than they were paid out of, "
                "which their rows do not say; both wallets together come to what is shown: {coins}."
            )
            yield text.format(wallet=_(wallet.ledger.title), coins=", ".join(together))
        is_open = any(coin.status is CoinStatus.UNEXPLAINED for coin in wallet.coins)
        if wallet.ledger.elsewhere and not is_open and not sums.statements.is_whole:
            text = _("{wallet}: no list here has {others}. Without them the sums come to what is shown.")
            yield text.format(wallet=_(wallet.ledger.title), others=_(", ").join(map(_, wallet.ledger.elsewhere)))


def _reaches(sums: Sums) -> Iterator[Message]:
    """Yield what may have been before lists begin that do not go back for ever."""
    by_words: dict[str, dict[str, None]] = {}
    for one in (one.listed for one in sums.lists if one.listed.reach.back is not None):
        by_words.setdefault(one.reach.words, {})[one.title] = None
    for words, titles in by_words.items():
        text = _(
            "The exchange gives {reach} of these lists: {lists}. What came and went before, and left no trace in any "
            "other list, is unknown."
        )
        yield text.format(reach=_(words), lists=_(", ").join(map(_, titles)))


def _owed(wallet: SumProof, coin: CoinSum) -> Message:
    text = _("{wallet} {asset}: between {first} and {last} the changes come to {amount}: one that came in is missing.")
    return text.format(
        wallet=_(wallet.ledger.title),
        asset=coin.asset,
        first=day(from_milliseconds(coin.owed_since)),
        last=day(from_milliseconds(coin.owed_until)),
        amount=short(coin.owed),
    )


def _sentence(text: Message, wallet: SumProof, coin: CoinProof) -> Message:
    title = _(wallet.ledger.title)
    return text.format(wallet=title, asset=coin.asset, closing=plain(coin.closing), shown=plain(coin.shown or ZERO))
