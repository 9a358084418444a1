"""What the program makes of the rounds that docs/WORKED_EXAMPLE.md prints."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import pandas as pd

from analysis.change import Change
from analysis.confidence import (
    HIGHEST,
    LOWEST,
    Share,
    anchor_item,
    dont_know_share,
    in_mainstream,
    item_scores,
    people_unsure,
    person_indexes,
)
from analysis.frames import Answers
from analysis.intervals import Interval, of_mean, wilson
from analysis.items import item_result
from analysis.nonresponse import overall_rate, representativeness, response_rates, under_heard
from analysis.pairs import match
from analysis.phase_change import index_change, index_changes, share_change
from analysis.reliability import index_reliability, reliability
from analysis.weighted import top_two_beside
from analysis.weighting import Weights, rake
from surveys.model import Questionnaire
from surveys.phases import PHASE_NAMES, PROFILE_KEYS, PROVISION_NAMES, Phase, Provision
from surveys.plans import Population
from tests.analysis.answers import confidence, parent
from tests.analysis.linked import linked
from tests.analysis.people import people_of, population_of
from tests.analysis.test_release import release, rows
from tests.analysis.worked_page import Figure, page

Figures = Mapping[str, Figure]
Rows = list[dict[str, str]]


def questions() -> Rows:
    return data(0)


def data(number: int) -> Rows:
    return page()["1. The round"][number]


@cache
def form() -> Questionnaire:
    keys = {*PROFILE_KEYS, *(row["question"] for row in questions())}
    whole = confidence()
    return replace(whole, questions=tuple(q for q in whole.questions if q.key in keys))


def answers(number: int) -> Answers:
    said = [{key: cell for key, cell in row.items() if key != "person"} for row in data(number)]
    return linked(form(), said, names(number))


def names(number: int) -> list[str | None]:
    return [row["person"] for row in data(number)]


@cache
def rounds() -> tuple[Answers, Answers]:
    return answers(1), answers(2)


def by_name(values: pd.Series, of: Answers) -> dict[str, float | None]:
    named = zip(of.people.loc[values.index, "series"], values, strict=True)
    return {str(name): None if pd.isna(value) else float(value) for name, value in named}


def population() -> tuple[Population, ...]:
    return tuple(Population(row["phase"], "", int(row["children"])) for row in data(3))


def phases() -> list[str]:
    return [row["phase"] for row in data(3)]


def called(phase: str) -> str:
    return PHASE_NAMES[Phase(phase)]


def ends(name: str, interval: Interval) -> dict[str, Figure]:
    return {f"{name}low": interval.low, f"{name}high": interval.high}


def percent(share: Share) -> float:
    return 100 * share.count / share.base


def one_question() -> Figures:
    first = rounds()[0]
    question = form().question("c5")
    assert question
    found = item_result(first, question)
    assert found.rated
    assert found.with_dont_know
    labels = ["5 strongly agree", "4 agree", "3 neither", "2 disagree", "1 strongly disagree"]
    labels += ["don't know", "does not apply", "skipped"]
    return {
        "asked": found.asked,
        **{label: each.count for label, each in zip(labels, found.answers, strict=True)},
        "answered": found.answered,
        "top two of those who gave a rating": percent(found.rated),
        "top two with don't know in the base": percent(found.with_dont_know),
    }


def scores() -> Figures:
    first = rounds()[0]
    return {str(key): float(score) for key, score in item_scores(first).iloc[0].items()}


def indexes(number: int) -> Figures:
    of = rounds()[number]
    return by_name(person_indexes(of), of)


def of_phase(number: int, phase: str) -> pd.Series:
    of = rounds()[number]
    return person_indexes(of)[of.people["phase"] == phase].dropna()


def round_indexes() -> Figures:
    found: dict[str, Figure] = {}
    for number, name in enumerate(("first round", "second round")):
        found[name] = float(person_indexes(rounds()[number]).mean())
        for phase in phases():
            found[f"{name}, {called(phase)}"] = float(of_phase(number, phase).mean())
    return found


def index_intervals() -> Figures:
    first = rounds()[0]
    values = person_indexes(first).dropna()
    siblings = first.people.loc[values.index, "series"].isin(["P03", "P04"])
    homes = pd.Series(1, index=values.index, dtype="Int64").where(siblings)
    everybody = sum(each.count for each in population())
    found = ends("all, ", of_mean(values, LOWEST, HIGHEST))
    for phase in phases():
        found |= ends(f"{called(phase)}, ", of_mean(of_phase(0, phase), LOWEST, HIGHEST))
    of_all = of_mean(values, LOWEST, HIGHEST, population=everybody)
    together = of_mean(values, LOWEST, HIGHEST, households=homes)
    return found | ends(f"of {everybody}, ", of_all) | ends("by household, ", together)


def anchor() -> Figures:
    item = anchor_item(rounds()[0])
    assert item
    found = item_result(among(rounds()[0], in_mainstream(rounds()[0])), item)
    assert found.rated
    assert found.with_dont_know
    count, base = found.rated.count, found.rated.base
    return {
        "people": base,
        "share": percent(found.rated),
        "share with don't know in the base": percent(found.with_dont_know),
        **ends("", wilson(count, base)),
        **ends("of 45, ", wilson(count, base, population=45)),
    }


def among(whole: Answers, some: pd.Series) -> Answers:
    frames = ("people", "states", "given", "scores")
    return replace(whole, **{name: getattr(whole, name)[some] for name in frames})


def answered() -> Figures:
    first = rounds()[0]
    everybody = list(first.people.index)
    rates = response_rates(first.people, population())
    whole = rates[rates["provision"] == ""]
    return {
        "don't know share": dont_know_share(first, everybody),
        "people unsure at least once": people_unsure(first, everybody),
        **{
            f"response rate, {called(phase)}": float(rate)
            for phase, rate in zip(whole["phase"], whole["rate"], strict=True)
        },
        "response rate, all": overall_rate(first.people, population()).percent,
    }


def change_of(found: Change, prefix: str = "") -> dict[str, Figure]:
    return {
        f"{prefix}difference": found.difference.value,
        **ends(prefix, found.difference.interval),
        f"{prefix}p-value": found.difference.p_value,
        f"{prefix}smallest change": found.smallest,
        f"{prefix}verdict": found.verdict.value,
    }


def paired_index() -> Figures:
    first, second = rounds()
    matched = match(first.people, second.people).matched
    old, new = person_indexes(first), person_indexes(second)
    moved = new[matched["after"]].to_numpy() - old[matched["before"]].to_numpy()
    own = pd.Series(moved, index=matched.index).dropna()
    found = index_change(first, second)
    return {
        **{str(name): float(value) for name, value in own.items()},
        "pairs used": found.pairs,
        "left out, first round": found.before.left_out,
        "left out, second round": found.after.left_out,
        **change_of(found),
    }


def phases_with_holm(least_pairs: int, design: str, *, smallest: bool) -> Figures:
    found: dict[str, Figure] = {}
    for change in index_changes(*rounds(), phases(), least_pairs):
        assert change.design == design
        name = f"{called(change.group)}, "
        found |= change_of(change, name) | {f"{name}p-value by Holm": change.p_holm}
        if not smallest:
            del found[f"{name}smallest change"]
    return found


def anchor_change() -> Figures:
    found = share_change(*rounds(), "c10", in_mainstream)
    assert (found.design, found.pairs) == ("independent", 8)
    return change_of(found)


def pushing_change() -> Figures:
    found = share_change(*rounds(), "c4")
    assert found.design == "paired"
    return {"pairs used": found.pairs, **change_of(found)}


def alpha() -> Figures:
    (rows, *_) = page()["11. Do the questions go together?"]
    items = pd.DataFrame(rows).drop(columns="row").astype("float64")
    found = reliability(items, least_people=4)
    return {
        "alpha": found.alpha,
        **ends("", found.interval),
        **{f"item-rest correlation, {each.key}": each.correlation for each in found.item_rest},
        "never varies": ", ".join(found.constant),
        "alpha of the first round": index_reliability(rounds()[0]).alpha,
    }


def counted() -> Rows:
    (rows, *_) = page()["12. Weights"]
    return rows


def cells(column: str) -> dict[tuple[str, str], int]:
    return {(row["phase"], row["provision"]): int(row[column]) for row in counted()}


def underheard() -> Figures:
    found = representativeness(
        people_of(cells("people")), population_of(cells("population")), "phase"
    )
    primary = next(row for row in found.table.to_dict("records") if row["phase"] == "primary")
    return {
        "Primary, share": primary["share"],
        "Primary, share of the population": primary["population_share"],
        "Primary, ratio": primary["ratio"],
        "Primary, residual": primary["residual"],
        "chi-squared": found.chi_square,
        "degrees of freedom": found.degrees,
        "under-heard": ", ".join(under_heard(found)["name"]),
    }


def raked() -> Weights:
    found = rake(people_of(cells("people")), population_of(cells("population")))
    assert isinstance(found, Weights)
    return found


def cell_weights() -> dict[str, float]:
    people, weights = people_of(cells("people")), raked().weights
    found = {
        f"{called(phase).lower()}, {PROVISION_NAMES[Provision(kind)]}": weights[
            (people["phase"] == phase) & (people["provision"] == kind)
        ]
        for phase, kind in cells("people")
    }
    assert all(of.min() == of.max() for of in found.values())
    return {name: float(of.iloc[0]) for name, of in found.items()}


def weights() -> Figures:
    ratings = [
        rating
        for row in counted()
        for rating in rated(int(row["people"]), int(row["agree with c10"]))
    ]
    people, found = people_of(cells("people")), raked()
    beside = top_two_beside(pd.Series(ratings, index=people.index), found)
    plain, _, weighted = beside.to_dict("records")
    return {
        **{f"weight: {cell}": weight for cell, weight in cell_weights().items()},
        "effective people": found.effective,
        "design effect": found.design_effect,
        "agree with c10, unweighted": plain["value"],
        "unweighted, low": plain["low"],
        "unweighted, high": plain["high"],
        "agree with c10, weighted": weighted["value"],
        "weighted, low": weighted["low"],
        "weighted, high": weighted["high"],
    }


def rated(people: int, agree: int) -> list[float]:
    return [4.0] * agree + [2.0] * (people - agree)


def suppressed() -> Figures:
    (counts, *_) = page()["13. What is hidden"]
    bases = {row["phase"]: int(row["people"]) for row in counts}
    said = [
        parent(phase, rate="4" if n % 2 else "2")
        for phase, count in bases.items()
        for n in range(count)
    ]
    table = rows(release(said), "index")
    shown = {group: row["base"] for group, row in table.items() if row["status"] == "shown"}
    hidden = {phase: base for phase, base in bases.items() if called(phase) not in shown}
    together = sum(hidden.values())
    return {
        "everybody, people": shown["All phases"],
        "early years": "hidden" if "early_years" in hidden else "shown",
        "two phases or more hidden": "yes" if len(hidden) > 1 else "no",
        "10 people or more hidden together": "yes" if together >= 10 else "no",
        "sum of what is shown and what is hidden": together
        + sum(base for group, base in shown.items() if group != "All phases"),
    }


SECTIONS: dict[str, Callable[[], Figures]] = {
    "2. One question: c5 in the first round": one_question,
    "3. The score of an answer": scores,
    "The first round": lambda: indexes(0),
    "The second round": lambda: indexes(1),
    "5. The round's index": round_indexes,
    "6. The index's interval": index_intervals,
    "7. The anchor measure": anchor,
    "8. Don't know, and who answered": answered,
    "Everybody: paired": paired_index,
    "Phase by phase: strangers, with Holm": lambda: phases_with_holm(
        10, "independent", smallest=True
    ),
    "Phase by phase: pairs alone": lambda: phases_with_holm(2, "paired", smallest=False),
    "The anchor measure: strangers": anchor_change,
    'c4, "I have to push hard": paired': pushing_change,
    "11. Do the questions go together?": alpha,
    "Who is under-heard": underheard,
    "Raking": weights,
    "13. What is hidden": suppressed,
}
