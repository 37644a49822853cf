"""Choose another amount for each of a recording: sums, minimums and the exchange's own values stay what they are."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from random import Random

from auditor.recording.figures import EXACT, Bounds, Figure, Minimums, Survey
from auditor.recording.sums import choose

ATTEMPTS = 100
# Kraken writes a letter for the class before codes of three letters.
CLASSED = 4


def other_amounts(survey: Survey, by_asset: Mapping[str, Minimums], random: Random) -> dict[Figure, Figure]:
    """Return another figure for each amount; of several choices the one that keeps the exchange's values best."""
    bounds = {figure: Bounds.of(figure, _minimums(assets, by_asset)) for figure, assets in survey.assets.items()}
    best: tuple[int, dict[Figure, Figure]] | None = None
    for _attempt in range(ATTEMPTS if survey.ratios else 1):
        chosen = choose(survey.sums, bounds, random)
        missed = _keep_ratios(survey, chosen, bounds)
        if best is None or missed < best[0]:
            best = missed, chosen
        if not missed:
            break
    return best[1] if best else {}


def _minimums(assets: Iterable[str], by_asset: Mapping[str, Minimums]) -> Minimums:
    found = Minimums()
    for asset in sorted({usual for name in assets for usual in _usual_names(name)}):
        found = found.plus(by_asset.get(asset, Minimums()))
    return found


def _usual_names(asset: str) -> Iterator[str]:
    """Yield the names under which an exchange's code of an asset may be known: XXBT, ETH.S and LDUSDT are examples."""
    plain = asset.upper().partition(".")[0]
    names = {plain, plain.removeprefix("LD")}
    names |= {name[1:] for name in names if len(name) == CLASSED and name[0] in "XZ"}
    yield from names | {name.replace("XBT", "BTC") for name in names}


def _keep_ratios(survey: Survey, chosen: dict[Figure, Figure], bounds: Mapping[Figure, Bounds]) -> int:
    """Put the values that follow from others in their place; return how many did not fit their number of digits."""
    missed = 0
    for ratio in survey.ratios:
        units = ratio.value(chosen)
        if units is None:
            continue
        limits = bounds[ratio.total]
        chosen[ratio.total] = limits.near(units)
        missed += not limits.low <= units <= limits.high
    for terms in survey.sums:
        total, factor = max(terms, key=lambda term: term[0].amount)
        if {figure for figure, _factor in terms} & {ratio.total for ratio in survey.ratios}:
            others = (chosen[figure].amount * -own for figure, own in terms if figure != total)
            value = EXACT.divide(sum(others, Decimal(0)), Decimal(factor))
            following = Figure.of(value) if value > 0 else None
            if following is None or not bounds[total].allow(following):
                missed += 1
            else:
                chosen[total] = following
    return missed
