"""Exports, from releases and answers: the table, its codebook, and what they are about."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from analysis.export.codebook import codebook_table
from analysis.export.days import in_words
from analysis.export.figures import charts_of
from analysis.export.items import items_table
from analysis.export.metrics import Release, metrics_table
from analysis.export.model import About, Export, Table
from analysis.export.sources import Source, versions_of
from analysis.export.typed import record_columns
from surveys.model import Questionnaire

UNWEIGHTED = "None: every response counts once."
FIGURES_RULE = (
    "Bases under {threshold} are not published and bases under 30 are flagged. Counts from 1"
    " to 4 are hidden, with what would give them away."
)
RECORDS_RULE = (
    "No file of fewer than {threshold} responses. Phase, setting and provision are other"
    " together where fewer than {threshold} share them; mode and language likewise within them."
)
FIGURES_BASE = "Stands beside each figure: the people it counts."


def metrics_export(releases: Sequence[Release], code_version: str) -> Export:
    """The figures of these releases, with their definitions and charts."""
    table = metrics_table(releases)
    about = _about("Metrics", releases, code_version, FIGURES_BASE, FIGURES_RULE)
    return Export(table, about, codebook_table(table), _definitions(releases), charts_of(releases))


def items_export(releases: Sequence[Release], code_version: str) -> Export:
    """How every question was answered."""
    table = items_table(releases)
    about = _about("Items", releases, code_version, FIGURES_BASE, FIGURES_RULE)
    definitions = _definitions(releases, lambda name: name.startswith("item_"))
    return Export(table, about, codebook_table(table), definitions)


def responses_export(
    releases: Sequence[Release], sources: Sequence[Source], code_version: str
) -> Export:
    """One row a response of these rounds; `sources` are their answers.

    Raises:
        ExportRefused: see `records.records_table`.
    """
    from analysis.export.records import records_table  # noqa: PLC0415 - brings numpy

    table = records_table(sources)
    versions = versions_of([source.answers.questionnaire for source in sources])
    base = f"{table.height:,} responses, finished or not"
    about = _about("Responses", releases, code_version, base, RECORDS_RULE)
    return Export(table, about, codebook_table(table, versions))


def codebook_export(
    releases: Sequence[Release], questionnaires: Sequence[Questionnaire], code_version: str
) -> Export:
    """What the columns and codes of the responses of these rounds mean.

    Raises:
        ExportRefused: the rounds ask different questionnaires.
    """
    versions = versions_of(questionnaires)
    responses = Table.of_rows("responses", "Responses", record_columns(versions), ())
    table = codebook_table(responses, versions)
    about = _about("Codebook of responses", releases, code_version, "", RECORDS_RULE)
    return Export(table, about)


def _about(
    kind: str, releases: Sequence[Release], code_version: str, base: str, rule: str
) -> About:
    def each(fact: Callable[[Release], str]) -> str:
        return "; ".join(dict.fromkeys(fact(release) for release in releases))

    return About(
        kind=kind,
        round="; ".join(release["round"]["name"] for release in releases),
        opens="; ".join(_day(release["round"]["opens"]) for release in releases),
        closes="; ".join(_day(release["round"]["closes"]) for release in releases),
        demonstration=each(lambda r: "yes" if r["round"]["demonstration"] else "no"),
        base=base,
        questionnaire=each(
            lambda r: "{title} ({key}, version {version})".format_map(r["questionnaire"])
        ),
        questionnaire_hash=each(lambda r: r["questionnaire"]["hash"]),
        weights=UNWEIGHTED,
        suppression=each(lambda r: rule.format(threshold=r["round"]["threshold"])),
        code_version=code_version,
        release_hash="; ".join(release["hash"] for release in releases),
        made_on=max(date.fromisoformat(release["made_on"]) for release in releases),
    )


def _day(moment: str) -> str:
    """The day of a release's time, which is ISO in England's own time."""
    return in_words(date.fromisoformat(moment[:10]))


def _definitions(
    releases: Sequence[Release], wanted: Callable[[str], bool] = lambda _: True
) -> Mapping[str, str]:
    """Each table's definition, method and base, by its title; the first release's words."""
    found: dict[str, str] = {}
    for release in releases:
        for table in release["tables"]:
            if wanted(table["name"]):
                parts = (table["definition"], table["method"], table["base_note"])
                found.setdefault(table["title"], " ".join(part for part in parts if part))
    return found
