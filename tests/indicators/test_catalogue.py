"""The declarations hold together, mean what other work reads them for, and refuse to contradict themselves."""

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.numbers import round_half_up
from tongket.core.problems import NotFound
from tongket.indicators.catalogue import (
    DOMAINS,
    INDICATORS,
    depends_on,
    domain,
    indicator,
    of_domain,
    order,
)
from tongket.indicators.checks import BadCatalogue, check, members_of
from tongket.indicators.fields import ORGANISATION_KIND, words_of
from tongket.indicators.headlines import CHARTS, HEADLINES, TABLE_COLUMNS
from tongket.indicators.missing import MISSING
from tongket.indicators.model import Between, Condition, Count, Indicator, Is, Known, Ratio, Sum, Total
from tongket.indicators.sources import SOURCES
from tongket.rules.catalogue import all_rules
from tongket.rules.organisations import all_kinds

FIXED = [
    "members.total",
    "members.official",
    "members.probationary",
    "members.admitted",
    "members.admitted.target",
    "members.admitted.vs_target_pct",
    "organisations.grassroots",
    "organisations.cells",
    "ratings.organisations.rated",
    "ratings.organisations.good_or_better",
    "ratings.organisations.good_or_better_pct",
    "ratings.organisations.excellent",
    "ratings.members.rated",
    "ratings.members.good_or_better_pct",
    "ratings.members.excellent_pct",
    "honours.badges",
    "honours.commended_collectives",
    "honours.commended_individuals",
    "directives.received",
    "directives.plans_issued_pct",
    "directives.plans_on_time_pct",
    "study.sessions",
    "study.attendance_pct",
    "discipline.members",
    "discipline.organisations",
]


def _facts(id: str) -> Count | Sum:
    formula = INDICATORS[id].formula
    assert isinstance(formula, Count | Sum)
    return formula


def _ratio(id: str) -> Ratio:
    formula = INDICATORS[id].formula
    assert isinstance(formula, Ratio)
    return formula


def test_all_ids_that_other_work_reads_are_declared() -> None:
    assert [id for id in FIXED if id not in INDICATORS] == []


def test_every_domain_of_the_year_has_figures_and_there_are_enough() -> None:
    assert [entry.code for entry in DOMAINS if not of_domain(entry.code)] == []
    assert len(INDICATORS) >= 125
    assert domain("moves").vi == "Tăng, giảm đảng viên"
    with pytest.raises(NotFound):
        domain("thời tiết")


def test_admissions_count_the_readmitted_too() -> None:
    assert _facts("members.admitted").where == (Condition("kind", "in", ("admitted", "readmitted")),)


def test_admissions_against_the_target_from_above() -> None:
    target = _facts("members.admitted.target")
    assert isinstance(target, Sum) and target.empty_is_none and target.of == "value"
    assert set(target.where) == {Is("indicator", "members.admitted"), Is("giver", "above")}
    entry, ratio = INDICATORS["members.admitted.vs_target_pct"], _ratio("members.admitted.vs_target_pct")
    value = Decimal(88) * ratio.scale / Decimal(85) - ratio.minus
    assert (ratio.numerator, ratio.denominator) == ("members.admitted", "members.admitted.target")
    assert round_half_up(value, entry.decimals) == Decimal("3.5")


@pytest.mark.parametrize(
    ("id", "numerator", "denominator"),
    [
        (
            "ratings.organisations.good_or_better_pct",
            "ratings.organisations.good_or_better",
            "ratings.organisations.rated",
        ),
        ("ratings.members.good_or_better_pct", "ratings.members.good_or_better", "ratings.members.rated"),
        ("ratings.members.excellent_pct", "ratings.members.excellent", "ratings.members.rated"),
        ("directives.plans_issued_pct", "directives.plans_issued", "directives.needing_plan"),
        ("directives.plans_on_time_pct", "directives.plans_on_time", "directives.plans_due"),
        ("study.attendance_pct", "study.members_attended", "study.members_due"),
        ("study.planned.held_pct", "study.planned.held", "study.planned"),
        ("obligations.on_time_pct", "obligations.on_time", "obligations.due"),
        ("obligations.on_time_pct.report", "obligations.on_time.report", "obligations.due.report"),
        ("directives.units_done_pct", "directives.units_done", "directives.units_due"),
        ("mood.answered_pct", "mood.answered", "mood.noted"),
        ("mood.answered_pct.land", "mood.answered.land", "mood.noted.land"),
        ("conference.attended_pct", "conference.attended", "conference.invited"),
        ("conference.voters.attended_pct", "conference.voters.attended", "conference.voters"),
        ("conference.delegates.attended_pct", "conference.delegates.attended", "conference.delegates"),
    ],
)
def test_a_share_is_of_those_it_says(id: str, numerator: str, denominator: str) -> None:
    assert (_ratio(id).numerator, _ratio(id).denominator) == (numerator, denominator)
    assert INDICATORS[id].unit == "%" and INDICATORS[id].decimals == 2
    top, bottom = _facts(numerator), _facts(denominator)
    if isinstance(top, Count) and not id.startswith("ratings"):
        assert set(bottom.where) <= set(top.where), "the part must lie within the whole"


def test_rated_means_one_of_the_four_levels_and_organisations_are_grassroots_ones() -> None:
    levels = Condition("level", "in", ("excellent", "good", "completed", "failed"))
    assert _facts("ratings.organisations.rated").where == (Is("grassroots", True), levels)
    assert _facts("ratings.members.rated").where == (levels,)
    for entry in of_domain("ratings"):
        if entry.id.startswith("ratings.organisations.") and isinstance(entry.formula, Count):
            assert Is("grassroots", True) in entry.formula.where, entry.id


def test_attendance_is_measured_over_study_sessions_only() -> None:
    for id in ("study.sessions", "study.members_attended", "study.members_due"):
        assert _facts(id).where == (Is("kind", "study"),)


def test_the_balance_of_form_1_has_every_beginning_and_every_ending() -> None:
    from tongket.core.codelists import BEGINNINGS, ENDINGS

    def kinds(id: str) -> set[object]:
        found: set[object] = set()
        for base in depends_on(id):
            for condition in _facts(base).where:
                found |= set(condition.value) if isinstance(condition.value, tuple) else {condition.value}
        return found

    assert kinds("members.increase") == BEGINNINGS
    assert kinds("members.decrease") == ENDINGS
    assert {"members.arrived", "members.carried_in"} <= depends_on("members.increase")
    assert {"members.departed", "members.carried_out"} <= depends_on("members.decrease")


def test_names_are_told_apart_and_written_in_nfc() -> None:
    for attribute in ("vi", "en"):
        names = [getattr(entry, attribute) for entry in INDICATORS.values()]
        assert sorted(name for name in set(names) if names.count(name) > 1) == []
        assert all(unicodedata.is_normalized("NFC", name) for name in names)
    assert [entry.id for entry in INDICATORS.values() if not entry.units_en] == []


def test_no_two_figures_are_the_same_count_declared_twice() -> None:
    formulas = [entry.formula for entry in INDICATORS.values()]
    assert len(set(formulas)) == len(formulas)


def test_a_figure_that_reads_ethnicity_or_religion_is_sensitive() -> None:
    for entry in INDICATORS.values():
        fields = {c.field for base in depends_on(entry.id) for c in _facts(base).where}
        if fields & {"ethnicity", "religion"}:
            assert entry.sensitive, entry.id


def test_a_basis_written_as_a_rule_is_a_rule() -> None:
    rules = {rule.id for rule in all_rules()}
    written = {e.basis for e in INDICATORS.values() if re.fullmatch(r"[a-z]+(\.[a-z-]+)+", e.basis)}
    assert written and written <= rules


def test_every_field_of_every_source_has_its_words() -> None:
    for source in SOURCES.values():
        for name, kind in source.fields.items():
            words = words_of(source.name, name)
            assert words.vi and words.en, (source.name, name)
            assert (words.codes is not None) == (kind == "code" and name != "indicator"), (source.name, name)
            assert bool(words.no) == bool(words.no_en) == (kind == "bool"), (source.name, name)


def test_kinds_of_organisation_are_those_of_the_rules() -> None:
    assert {(c.code, c.vi) for c in ORGANISATION_KIND.codes} == {(k.code, k.name()) for k in all_kinds()}


def test_order_puts_every_figure_after_those_it_is_made_of() -> None:
    position = {id: place for place, id in enumerate(order())}
    assert set(position) == set(INDICATORS)
    for entry in INDICATORS.values():
        assert all(
            position[member] < position[entry.id] or member == entry.id for member in members_of(entry)
        )


def test_what_a_figure_depends_on_is_counts_and_sums() -> None:
    assert depends_on("members.total") == {"members.total"}
    assert depends_on("members.admitted.vs_target_pct") == {"members.admitted", "members.admitted.target"}
    for entry in INDICATORS.values():
        assert all(not members_of(INDICATORS[base]) for base in depends_on(entry.id))


def test_an_unknown_figure_is_named_with_those_written_alike() -> None:
    with pytest.raises(NotFound, match=r"members\.admited.*members\.admitted"):
        indicator("members.admited")
    with pytest.raises(NotFound, match="Không có chỉ số"):
        indicator("x" * 500)
    assert indicator("members.total") is INDICATORS["members.total"]


def test_what_is_shown_first_is_declared() -> None:
    shown = [*HEADLINES, *TABLE_COLUMNS, *(id for chart in CHARTS for id in chart.figures)]
    assert [id for id in shown if id not in INDICATORS] == []
    assert [id for id in FIXED if id not in HEADLINES] == []


def test_a_figure_said_to_lack_a_source_is_not_declared() -> None:
    assert [entry.id for entry in MISSING if entry.id in INDICATORS] == []


# --- families: every fact falls into exactly one part -------------------------------------------------------


def _meets(condition: Condition, value: object) -> bool:
    """The conditions of the families, judged in plain Python."""
    match condition.op:
        case "unknown":
            return value is None
        case "in":
            return value in condition.value  # type: ignore[operator]
        case "not in":
            return value not in condition.value  # type: ignore[operator]
        case "=":
            return value == condition.value
        case "between" if value is not None:
            low, high = condition.value  # type: ignore[misc]
            return (low is None or low <= value) and (high is None or value <= high)
    return False


def _parts(field: str, source: str, prefix: str) -> list[Condition]:
    return [
        entry.formula.where[-1]
        for entry in INDICATORS.values()
        if isinstance(entry.formula, Count)
        and entry.formula.source == source
        and entry.id.startswith(prefix)
        and entry.formula.where
        and entry.formula.where[-1].field == field
    ]


@given(st.none() | st.integers(18, 120))
@pytest.mark.parametrize("prefix", ["members.age.", "members.admitted.age."])
def test_every_age_falls_into_one_band(prefix: str, age: int | None) -> None:
    source = "events" if "admitted" in prefix else "members"
    assert sum(_meets(part, age) for part in _parts("age", source, prefix)) == 1


@given(st.none() | st.integers(0, 100))
def test_every_party_age_falls_into_one_band(years: int | None) -> None:
    assert sum(_meets(part, years) for part in _parts("party_age", "members", "members.party_age.")) == 1


@given(st.none() | st.dates())
def test_every_day_of_joining_falls_into_one_period(day: object) -> None:
    assert sum(_meets(part, day) for part in _parts("admitted_on", "members", "members.joined.")) == 1


@pytest.mark.parametrize(
    ("field", "source", "prefix"),
    [
        ("schooling", "members", "members.schooling."),
        ("education", "members", "members.education."),
        ("theory", "members", "members.theory."),
        ("schooling", "events", "members.admitted.schooling."),
        ("education", "events", "members.admitted.education."),
        ("form", "member_discipline", "discipline.members."),
        ("ground", "member_discipline", "discipline.members.ground."),
        ("round", "badges", "honours.badges.round."),
        ("kind", "handed", "obligations.handed."),
        ("kind", "obligations", "obligations.due."),
        ("kind", "conferences", "conference.held."),
        ("kind", "papers", "documents.issued."),
        ("kind", "activities", "activities.held."),
        ("topic", "bulletins", "mood.noted."),
    ],
)
def test_every_code_falls_into_one_part(field: str, source: str, prefix: str) -> None:
    words = words_of(source, field)
    assert words.codes is not None
    codes = [c for c in words.codes.values if (field, c) != ("form", "dissolution")]  # never of a member
    for code in codes:
        assert sum(_meets(part, code) for part in _parts(field, source, prefix)) == 1, code


def test_what_fell_due_is_on_time_late_overdue_or_still_has_time() -> None:
    words = words_of("obligations", "outcome")
    assert words.codes is not None
    for code in words.codes.values:
        assert _facts(f"obligations.{code}").where == (Is("outcome", code),)


@pytest.mark.parametrize(
    ("prefix", "source"), [("conference.", "invitations"), ("conference.delegates.", "delegates")]
)
def test_everyone_called_is_present_absent_or_not_marked(prefix: str, source: str) -> None:
    parts = _parts("attendance", source, prefix)
    words = words_of(source, "attendance")
    assert words.codes is not None
    for code in (*words.codes.values, None):
        # Voters present are counted once more, among the voters.
        expected = 2 if (prefix, code) == ("conference.", "present") else 1
        assert sum(_meets(part, code) for part in parts) == expected, code


@pytest.mark.parametrize("source", ["members", "events"])
def test_every_occupation_falls_into_one_part(source: str) -> None:
    base = "members.admitted." if source == "events" else "members."
    parts = [p for p in _parts("occupation", source, base) if p.op != "in" or len(p.value) == 1]  # type: ignore[arg-type]
    words = words_of(source, "occupation")
    assert words.codes is not None
    for code in (*words.codes.values, None):
        assert sum(_meets(part, code) for part in parts) == 1, code


# --- a catalogue that contradicts itself is refused ---------------------------------------------------------

_GOOD = Indicator("a.b", "Số", "Number", "người", Count("members", "stock"), "members")


@pytest.mark.parametrize(
    ("formula", "fault"),
    [
        (Count("weather", "stock"), "unknown source"),
        (Count("members", "flow"), "no moment 'flow'"),
        (Count("members", "stock", (Is("colour", "red"),)), "no field 'colour'"),
        (Count("members", "stock", (Is("gender", "woman"),)), "'woman' is not in the code list"),
        (Count("members", "stock", (Is("age", "30"),)), "'30' is no number"),
        (Count("members", "stock", (Is("age", True),)), "True is no number"),
        (Count("members", "stock", (Between("gender", "a", "b"),)), "'between' does not fit"),
        (Count("members", "stock", (Between("age", None, None),)), "without a value"),
        (Count("members", "stock", (replace(Known("age"), value=1),)), "takes no value"),
        (Count("targets", "flow", (Is("indicator", "a.z"),)), "'a.z' is not in the code list"),
        (Sum("members", "stock", "gender"), "no number to add up"),
        (Ratio("a.b", "a.z"), "a.z, which is not declared"),
        (Ratio("a.b", "a.b", scale=0), "scale must be positive"),
        (Total(()), "needs figures to add"),
        (Total(("a.b",)), "made of one another"),
    ],
)
def test_a_declaration_that_does_not_fit_its_source_is_refused(formula: object, fault: str) -> None:
    check([_GOOD], ["members"])
    with pytest.raises(BadCatalogue, match=re.escape(fault)):
        check([replace(_GOOD, formula=formula)], ["members"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "Members"}, "an id is"),
        ({"domain": "weather"}, "unknown domain"),
        ({"vi": ""}, "vi is empty"),
        ({"unit": unicodedata.normalize("NFD", "người")}, "unit is empty or not NFC"),
    ],
)
def test_a_declaration_without_its_words_is_refused(change: dict[str, str], fault: str) -> None:
    with pytest.raises(BadCatalogue, match=fault):
        check([replace(_GOOD, **change)], ["members"])  # type: ignore[arg-type]


def test_an_id_declared_twice_is_refused_and_all_faults_are_named_at_once() -> None:
    with pytest.raises(BadCatalogue, match=r"declared 2 times.*unknown domain"):
        check([_GOOD, replace(_GOOD, domain="weather")], ["members"])
