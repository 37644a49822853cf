"""The pictures of an archive's report: each coin's balance over time, what is not known and what is missing marked."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from auditor.archive.chart import HEIGHT, WIDTH, Chart, draw
from auditor.archive.proof import Proof
from auditor.archive.sum_proof import SumProof
from auditor.archive.times import from_milliseconds
from auditor.archive.wallet_proof import CoinProof, WalletProof
from auditor.formats.escape import escape_invisible
from auditor.i18n import Message, Text, Translator, _, day
from auditor.model.amounts import plain, short

_FIGURE = Markup(
    "<figure><figcaption>{caption}</figcaption>"
    "<svg role='img' aria-label='{caption}' viewBox='0 0 {width} {height}' preserveAspectRatio='none'>{drawing}</svg>"
    "<div class='axis'><span>{first}</span><span>{last}</span></div></figure>"
)


def figures(proof: Proof, translate: Translator) -> Iterator[Markup]:
    """Yield the pictures below the title of each wallet, with what their marks mean."""
    for wallet in proof.places:
        yield Markup("<h3>{}</h3>").format(_shown(_(wallet.ledger.title), translate))
        yield from (Markup("<p class='small'>{}</p>").format(_shown(one, translate)) for one in _legend(wallet))
        yield from (_figure(wallet, coin, translate) for coin in wallet.coins if coin.rows)


def _legend(wallet: WalletProof | SumProof) -> Iterator[Message]:
    if not wallet.rows:
        yield _("No rows.")
    if any(coin.opening and coin.rows for coin in wallet.coins):
        yield _("Grey: a balance that was there already; how it came about is not in this archive.")
    if wallet.breaks:
        yield _("Red: here something is missing or altered.")
    still = [coin for coin in wallet.coins if coin.opening and not coin.rows]
    if still:
        coins = _(", ").join(_coin(coin) for coin in still)
        yield _("Without a row, and so without a picture: {coins}.").format(coins=coins)


def _coin(coin: CoinProof) -> Message:
    return _("{amount} {asset}").format(amount=plain(coin.opening), asset=coin.asset)


def _figure(wallet: WalletProof | SumProof, coin: CoinProof, translate: Translator) -> Markup:
    course = wallet.curves[coin.asset].stretches
    breaks = [one.after.time for one in wallet.breaks if one.asset == coin.asset]
    first, last = wallet.first_time, max(wallet.last_time, course[-1].until)
    text = _("{asset}: {balance} at the end, between {lowest} and {highest}; {status}")
    caption = text.format(
        asset=coin.asset,
        balance=short(course[-1].last),
        lowest=short(min(coin.opening, *(one.lowest for one in course))),
        highest=short(max(coin.opening, *(one.highest for one in course))),
        status=_(coin.status.value),
    )
    return _FIGURE.format(
        caption=_shown(caption, translate),
        width=WIDTH,
        height=HEIGHT,
        drawing=Markup("").join(_marks(draw(course, breaks, (first, last), coin.opening))),
        first=_shown(day(from_milliseconds(first)), translate),
        last=_shown(day(from_milliseconds(last)), translate),
    )


def _marks(chart: Chart) -> Iterator[Markup]:
    yield Markup("<line class='zero' x1='0' x2='{}' y1='{}' y2='{}'/>").format(WIDTH, chart.zero, chart.zero)
    if chart.unknown:
        yield Markup("<rect class='unknown' x='0' y='0' width='{}' height='{}'/>").format(chart.unknown, HEIGHT)
    yield Markup("<path class='line' d='{}'/>").format(chart.path)
    for x in chart.breaks:
        yield Markup("<line class='break' x1='{0}' x2='{0}' y1='0' y2='{1}'/>").format(x, HEIGHT)


def _shown(text: Text, translate: Translator) -> Markup:
    return escape(escape_invisible(translate(text)))
