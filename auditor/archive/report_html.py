"""data/REPORT.html: the report as a page that loads nothing and runs nothing; everything from outside is escaped."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from auditor.archive.proof import Proof
from auditor.archive.report_content import (
    BALANCE_HEADS,
    PRIVATE,
    Contents,
    balance_cells,
    checks,
    has_commands,
    headline,
    made_line,
    sections,
    title,
)
from auditor.archive.report_figures import figures
from auditor.formats.escape import escape_invisible
from auditor.i18n import Text, Translator, _

LANGUAGES = {"en": "en", "zh": "zh-Hans"}
STYLE = """
:root{color-scheme:light dark;--line:#2b6cb0;--bad:#c53030}
@media(prefers-color-scheme:dark){:root{--line:#63b3ed;--bad:#fc8181}}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25}h2{margin-top:2rem}
ul{padding-left:1.3rem}li{margin:.3rem 0}
code{font-size:.9em;background:#8882;padding:.1em .3em;border-radius:.2rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid #8886;padding:.25rem .5rem;text-align:left;vertical-align:top}
td:nth-child(2),th{overflow-wrap:normal}td.n,th:nth-child(n+3):nth-child(-n+6){text-align:right}
.headline{border-left:.4rem solid #b7791f;padding:.2rem .8rem;font-weight:600}
.complete{border-color:#2f855a}.differs{border-color:#c53030}
figure{margin:1.2rem 0}figcaption{font-weight:600}
svg{width:100%;height:6rem;display:block}
.axis{display:flex;justify-content:space-between;font-size:.8rem;opacity:.8}
.line{fill:none;stroke:var(--line);stroke-width:1.5;vector-effect:non-scaling-stroke}
.zero{stroke:#8888;stroke-width:1;vector-effect:non-scaling-stroke}
.break{stroke:var(--bad);stroke-width:2;stroke-dasharray:4 2;vector-effect:non-scaling-stroke}.unknown{fill:#8884}
.small{font-size:.85rem}
@media(min-width:76rem){body{max-width:72rem}table{font-size:.75rem}th,td{padding:.25rem .3rem}}
@media(max-width:45rem){
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr,td{display:block}tr{border-bottom:1px solid #8886;padding:.5rem 0}
td,td.n{border:0;padding:.05rem 0;display:flex;justify-content:space-between;gap:1rem;text-align:right}
td::before{content:attr(data-head);opacity:.8;text-align:left;flex:none}
td:empty{display:none}
}
@media print{
body{max-width:none;margin:0;font-size:10pt}
h2,h3,figcaption{break-after:avoid}figure,li,tr{break-inside:avoid}
svg{height:4rem}td,th{font-size:8pt;padding:.15rem .3rem}
}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report_page(contents: Contents, translate: Translator) -> str:
    """Return the page."""
    body = Markup("\n").join(_body(contents, translate))
    return Markup(
        '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="robots" content="noindex">'
        "<title>{title}</title><style>{style}</style></head><body><main>\n{body}\n</main></body></html>\n"
    ).format(
        lang=LANGUAGES[translate.language],
        policy=POLICY,
        title=_text(title(contents.facts), translate),
        style=Markup(STYLE),  # noqa: S704 - the program's own
        body=body,
    )


def _body(contents: Contents, translate: Translator) -> Iterator[Markup]:
    def line(tag: str, text: Text, css: str = "") -> Markup:
        return Markup("<{tag} class='{css}'>{text}</{tag}>").format(tag=tag, css=css, text=_text(text, translate))

    yield line("h1", title(contents.facts))
    yield line(
        "p",
        headline(contents.outcome.status, contents.outcome.kind),
        f"headline {contents.outcome.status.name.lower()}",
    )
    yield line("p", made_line(contents.facts))
    yield line("p", PRIVATE)
    for heading, items in sections(contents):
        yield line("h2", heading)
        yield _list(items, translate)
    yield line("h2", _("Balances over time"))
    yield from figures(contents.proof, translate)
    yield line("h2", _("Balances"))
    yield _table(contents.proof, translate)
    for heading, items in checks(contents):
        yield line("h2", heading)
        yield _list(items, translate)


def _list(items: tuple[Text, ...], translate: Translator) -> Markup:
    rows = Markup("").join(Markup("<li>{}</li>").format(_sentence(item, translate)) for item in items)
    return Markup("<ul>{}</ul>").format(rows)


def _sentence(text: Text, translate: Translator) -> Markup:
    """Return a sentence, with its commands to copy as such."""
    if not has_commands(text):
        return _text(text, translate)
    parts = enumerate(escape(translate(text)).split("`"))
    return Markup("").join(Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in parts)


def _table(proof: Proof, translate: Translator) -> Markup:
    heads = Markup("").join(Markup("<th scope='col'>{}</th>").format(_text(head, translate)) for head in BALANCE_HEADS)
    names = tuple(_text(head, translate) for head in BALANCE_HEADS)
    rows = Markup("\n").join(
        Markup("<tr>{}</tr>").format(
            _cells(names, (translate(_(wallet.ledger.title)), *balance_cells(coin, translate)))
        )
        for wallet in proof.places
        for coin in wallet.coins
    )
    table = Markup("<table><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table>")
    return table.format(heads, rows)


def _cells(names: tuple[Markup, ...], cells: tuple[str, ...]) -> Markup:
    figures_at = range(2, 6)
    return Markup("").join(
        Markup("<td class='{}' data-head='{}'>{}</td>").format(
            "n" if number in figures_at else "", name, escape_invisible(cell)
        )
        for number, (name, cell) in enumerate(zip(names, cells, strict=True))
    )


def _text(text: Text, translate: Translator) -> Markup:
    return escape(escape_invisible(translate(text)))
