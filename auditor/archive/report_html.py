"""data/REPORT.html: the report as a page that loads nothing and runs nothing; everything from outside is escaped."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from auditor.archive.chart import HEIGHT, WIDTH, draw
from auditor.archive.facts import RunFacts
from auditor.archive.outcome import Outcome
from auditor.archive.proof import Proof
from auditor.archive.report_content import (
    BALANCE_HEADS,
    HEADLINES,
    PRIVATE,
    balance_cells,
    checks,
    made_line,
    sections,
    title,
)
from auditor.archive.times import from_milliseconds
from auditor.archive.wallet_proof import CoinProof, WalletProof
from auditor.formats.escape import escape_invisible
from auditor.i18n import Text, Translator, _, day
from auditor.model.amounts import short

LANGUAGES = {"en": "en", "zh": "zh-Hans"}
STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid #8886;padding:.25rem .5rem;text-align:left;overflow-wrap:anywhere}
td.n{text-align:right}.scroll{overflow-x:auto}
.headline{border-left:.4rem solid #b7791f;padding:.2rem .8rem;font-weight:600}
.complete{border-color:#2f855a}.differs{border-color:#c53030}
figure{margin:1rem 0}figcaption{font-weight:600}
svg{width:100%;height:auto;max-height:8rem}
.line{fill:none;stroke:#3182ce;stroke-width:1.5}.zero{stroke:#8888;stroke-width:1}
.break{stroke:#c53030;stroke-width:2;stroke-dasharray:4 2}.unknown{fill:#8883}
.small{font-size:.85rem}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report_page(facts: RunFacts, proof: Proof, outcome: Outcome, translate: Translator) -> str:
    """Return the page."""
    body = Markup("\n").join(_body(facts, proof, outcome, translate))
    return Markup(
        '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="robots" content="noindex">'
        "<title>{title}</title><style>{style}</style></head><body>\n{body}\n</body></html>\n"
    ).format(
        lang=LANGUAGES[translate.language],
        policy=POLICY,
        title=_text(title(facts), translate),
        style=Markup(STYLE),  # noqa: S704 - the program's own
        body=body,
    )


def _body(facts: RunFacts, proof: Proof, outcome: Outcome, translate: Translator) -> Iterator[Markup]:
    def line(tag: str, text: Text, css: str = "") -> Markup:
        return Markup("<{tag} class='{css}'>{text}</{tag}>").format(tag=tag, css=css, text=_text(text, translate))

    yield line("h1", title(facts))
    yield line("p", HEADLINES[outcome.status], f"headline {outcome.status.name.lower()}")
    yield line("p", made_line(facts))
    yield line("p", PRIVATE)
    for heading, items in sections(outcome, proof):
        yield line("h2", heading)
        yield _list(items, translate)
    yield line("h2", _("Balances over time"))
    for wallet in proof.wallets:
        yield line("h3", _(wallet.ledger.title))
        yield from (_figure(wallet, coin, translate) for coin in wallet.coins if coin.rows)
    yield line("h2", _("Balances"))
    yield _table(proof, translate)
    for heading, items in checks(outcome, proof):
        yield line("h2", heading)
        yield _list(items, translate)


def _list(items: tuple[Text, ...], translate: Translator) -> Markup:
    rows = Markup("").join(Markup("<li>{}</li>").format(_text(item, translate)) for item in items)
    return Markup("<ul>{}</ul>").format(rows)


def _table(proof: Proof, translate: Translator) -> Markup:
    heads = Markup("").join(Markup("<th scope='col'>{}</th>").format(_text(head, translate)) for head in BALANCE_HEADS)
    rows = Markup("\n").join(
        Markup("<tr>{}</tr>").format(_cells((translate(_(wallet.ledger.title)), *balance_cells(coin, translate))))
        for wallet in proof.wallets
        for coin in wallet.coins
    )
    table = Markup("<div class='scroll'><table><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table></div>")
    return table.format(heads, rows)


def _cells(cells: tuple[str, ...]) -> Markup:
    figures = range(2, 6)
    return Markup("").join(
        Markup("<td class='{}'>{}</td>").format("n" if number in figures else "", escape_invisible(cell))
        for number, cell in enumerate(cells)
    )


def _figure(wallet: WalletProof, coin: CoinProof, translate: Translator) -> Markup:
    points = wallet.curves[coin.asset].points
    breaks = [one.after.time for one in wallet.breaks if one.asset == coin.asset]
    chart = draw(points, breaks, (wallet.first_time, max(wallet.last_time, points[-1][0])), opened=bool(coin.opening))
    text = _("{asset}: from {first} to {last}, between {lowest} and {highest}; {status}")
    balances = [balance for _time, balance in points]
    caption = text.format(
        asset=coin.asset,
        first=day(from_milliseconds(coin.first_time)),
        last=day(from_milliseconds(points[-1][0])),
        lowest=short(min(balances)),
        highest=short(max(balances)),
        status=_(coin.status.value),
    )
    marks = [Markup("<line class='zero' x1='0' x2='{}' y1='{}' y2='{}'/>").format(WIDTH, chart.zero, chart.zero)]
    if chart.unknown:
        marks.append(Markup("<rect class='unknown' x='0' y='0' width='{}' height='{}'/>").format(chart.unknown, HEIGHT))
    marks.append(Markup("<path class='line' d='{}'/>").format(chart.path))
    marks += [Markup("<line class='break' x1='{0}' x2='{0}' y1='0' y2='{1}'/>").format(x, HEIGHT) for x in chart.breaks]
    return Markup(
        "<figure><figcaption>{0}</figcaption><svg role='img' aria-label='{0}' viewBox='0 0 {1} {2}'>{3}</svg></figure>"
    ).format(_text(caption, translate), WIDTH, HEIGHT, Markup("").join(marks))


def _text(text: Text, translate: Translator) -> Markup:
    return escape(escape_invisible(translate(text)))
