"""Traces of a person in a text: what is caught, what is let through."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bulletins.corpora import HARMLESS, NAMES, PLANTED
from tongket.bulletins.identifiers import clean, runs, traces, words_of
from tongket.core.text import fold

REGISTER: dict[str, list[str]] = {}
for _name in NAMES:
    REGISTER.setdefault(fold(_name), []).append(_name)


def test_the_corpora_hold_a_hundred_different_texts_each() -> None:
    assert (len(set(PLANTED)), len(set(HARMLESS))) == (100, 100)


def test_of_a_hundred_planted_texts_at_least_95_are_caught() -> None:
    missed = [text for text in PLANTED if not traces(text, REGISTER)]
    assert len(missed) <= 5, missed


def test_of_a_hundred_harmless_texts_fewer_than_5_are_stopped() -> None:
    stopped = [(text, traces(text, REGISTER)) for text in HARMLESS if traces(text, REGISTER)]
    assert len(stopped) < 5, stopped


def test_every_name_of_the_register_is_caught_in_every_harmless_text() -> None:
    """Planted anywhere, with diacritics and (of three words and more) without them."""
    missed = []
    for number, text in enumerate(HARMLESS):
        name = NAMES[number % len(NAMES)]
        for written in (name, name.upper(), fold(name).title()):
            if not traces(f"{text} Ý kiến của {written}.", REGISTER):
                missed.append((text, written))
    assert missed == []


@given(st.sampled_from(NAMES), st.sampled_from(HARMLESS), st.sampled_from(["", " ", ", ", " hộ ", ". "]))
def test_a_full_name_is_found_wherever_it_stands(name: str, text: str, before: str) -> None:
    found = traces(f"{text.rstrip('.')} của{before or ' '}{name}", REGISTER)
    assert any(name in trace.words or trace.words in name for trace in found)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for trace in traces(text, REGISTER):
        assert trace.words in clean(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nhà ông Hai và bà Sáu bị ngập.", ["ông Hai", "bà Sáu"]),
        ("Nguyễn Văn An, số máy 0905 123 456.", ["Nguyễn Văn An", "0905 123 456"]),
    ],
)
def test_each_trace_is_named_once_in_the_order_of_the_text(text: str, words: list[str]) -> None:
    assert [trace.words for trace in traces(text, REGISTER)] == words


def test_small_letters_with_other_marks_are_another_word() -> None:
    assert not traces("nghi lễ dân gian và hồ sơ của vùng cao nguyên", REGISTER)
    assert traces("vợ chồng ông lê dân", REGISTER)


def test_a_thousand_signs_against_4000_names_are_read_within_50_milliseconds() -> None:
    register = {fold(f"{name} {number}"): [name] for name in NAMES for number in range(143)} | REGISTER
    text = (" ".join(HARMLESS))[:1000]
    started = time.perf_counter()
    for _round in range(5):
        words = words_of(clean(text))
        assert list(runs(clean(text), words))
        traces(text, register)
    assert (time.perf_counter() - started) / 5 < 0.05
