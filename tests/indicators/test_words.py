"""The sentence that says how a figure is computed names everything that its declaration says."""

from datetime import date

import pytest

from tongket.core.dates import format_date
from tongket.core.numbers import format_number
from tongket.core.problems import NotFound
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.checks import members_of
from tongket.indicators.fields import words_of
from tongket.indicators.model import Condition, Count, Ratio, Sum, Total
from tongket.indicators.sources import SOURCES
from tongket.indicators.words import condition_words, definition, formula_en, formula_vi

EVERY = pytest.mark.parametrize("id", list(INDICATORS))


def _written(source: str, condition: Condition, lang: str) -> list[str]:
    """What must be read of a condition: its field's words and each of its values as an office writes it."""
    words = words_of(source, condition.field)
    texts = (words.vi, words.no) if lang == "vi" else (words.en, words.no_en)
    if isinstance(condition.value, bool):
        return [texts[0] if condition.value else texts[1]]
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    said = [texts[0]]
    for value in values:
        if isinstance(value, str):
            named = INDICATORS[value].vi if lang == "vi" and value in INDICATORS else ""
            named = named or (INDICATORS[value].en if value in INDICATORS else "")
            said.append(named or words.codes.label(value, lang) if words.codes else named or value)
        elif isinstance(value, date):
            said.append(format_date(value, lang))
        elif value is not None:
            said.append(format_number(value, lang=lang))  # type: ignore[arg-type]
    return said


@EVERY
def test_the_formula_names_every_condition(id: str) -> None:
    formula = INDICATORS[id].formula
    if not isinstance(formula, Count | Sum):
        return
    for lang, sentence in (("vi", formula_vi(INDICATORS[id])), ("en", formula_en(INDICATORS[id]))):
        for condition in formula.where:
            for part in _written(formula.source, condition, lang):
                assert part and part in sentence, (part, sentence)
    assert SOURCES[formula.source].vi in formula_vi(INDICATORS[id])
    if isinstance(formula, Sum):
        assert words_of(formula.source, formula.of).vi in formula_vi(INDICATORS[id])


@EVERY
def test_the_formula_names_every_figure_it_is_made_of(id: str) -> None:
    entry = INDICATORS[id]
    assert formula_vi(entry).endswith(".") and formula_en(entry).endswith(".")
    for member in members_of(entry):
        assert f"“{INDICATORS[member].vi}”" in formula_vi(entry)
        assert f"“{INDICATORS[member].en}”" in formula_en(entry)


@EVERY
def test_the_sentence_says_how_it_is_rounded_and_when_it_stays_blank(id: str) -> None:
    entry, sentence = INDICATORS[id], formula_vi(INDICATORS[id])
    if isinstance(entry.formula, Ratio):
        assert f"làm tròn đến {entry.decimals} chữ số" in sentence and "thì để trống" in sentence
        assert ("cùng kỳ năm trước" in sentence) or not entry.formula.denominator_last_year
    if isinstance(entry.formula, Sum) and entry.formula.empty_is_none:
        assert "không ghi 0" in sentence
    if isinstance(entry.formula, Total) and entry.formula.minus:
        assert " − “" in sentence


def test_moments_and_books_are_told_apart() -> None:
    assert "tại ngày tính số liệu" in formula_vi(INDICATORS["members.total"])
    assert "cuối ngày liền trước kỳ" in formula_vi(INDICATORS["members.opening"])
    assert "từ đầu kỳ báo cáo" in formula_vi(INDICATORS["members.admitted"])
    assert "mọi tổ chức bên dưới" in formula_vi(INDICATORS["members.total"])
    assert "của riêng tổ chức" in formula_vi(INDICATORS["directives.received"])
    assert "của đúng kỳ đánh giá" in formula_vi(INDICATORS["ratings.members.rated"])
    assert "còn hiệu lực" in formula_vi(INDICATORS["members.admitted.target"])


@pytest.mark.parametrize(
    ("condition", "vi", "en"),
    [
        (Condition("age", "<", 18), "tuổi đời dưới 18", "age under 18"),
        (Condition("age", ">", 60), "tuổi đời trên 60", "age over 60"),
        (Condition("gender", "!=", "male"), "giới tính đã ghi và khác Nam", "sex is recorded and not Male"),
        (
            Condition("admitted_on", "between", (None, date(1975, 4, 30))),
            "ngày vào Đảng đến hết 30/04/1975",
            "day of joining up to 30 April 1975",
        ),
        (
            Condition("exempt", "=", False),
            "không thuộc diện miễn công tác và sinh hoạt",
            "not exempt from work and meetings",
        ),
        (
            Condition("education", "not in", ("master", "doctor")),
            "trình độ chuyên môn cao nhất đã ghi và không thuộc: Thạc sĩ, Tiến sĩ",
            "highest education is recorded and none of: Master, Doctor",
        ),
    ],
)
def test_a_condition_reads_as_a_person_would_say_it(condition: Condition, vi: str, en: str) -> None:
    assert condition_words("members", condition) == vi
    assert condition_words("members", condition, "en") == en


def test_the_definition_carries_the_remark_and_knows_unknown_figures() -> None:
    assert definition("members.balance_gap").endswith("không tự điều chỉnh.")
    assert definition("members.total", "en") == formula_en(INDICATORS["members.total"])
    with pytest.raises(NotFound):
        definition("members.totall")
