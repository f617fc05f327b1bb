"""Notes on public mood: by topic, with the answer given, naming nobody; the ledger holds none of the text."""

import json
from datetime import date

import pytest
from django.db import models

from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.bulletins.acts import (
    add_bulletin,
    answer_bulletin,
    check_bulletins,
    correct_bulletin,
    void_bulletin,
)
from tongket.bulletins.drafts import BulletinDraft
from tongket.bulletins.models import Bulletin
from tongket.bulletins.queries import counts, months_of, names_among, of_month, visible_bulletins
from tongket.core.problems import Conflict, Refused

TEXT = "Nhân dân đề nghị sớm sửa đường liên thôn bị hư hỏng sau mưa lũ."


def note(world: World, **changes) -> BulletinDraft:
    values = {
        "organisation": world["QS"],
        "month": date(2023, 6, 17),
        "topic": "infrastructure",
        "text": TEXT,
    }
    return BulletinDraft(**values | changes)


def fields_of(problems) -> list[str]:
    return [problem.field for problem in problems]


def test_a_note_is_of_a_month_by_its_first_day(world):
    made = add_bulletin(note(world), by=world.users["propaganda"])
    assert (made.month, made.topic, made.is_answered) == (date(2023, 6, 1), "infrastructure", False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic": "gossip"}, "topic"),
        ({"text": " "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"month": date(2090, 1, 1)}, "month"),
        ({"month": date(2009, 12, 1)}, "organisation"),
        ({"answer": "Đã sửa."}, "answered_on"),
        ({"answer": "Đã sửa.", "answered_on": date(2023, 7, 1)}, "answering_body"),
        ({"answering_body": "UBND huyện", "answered_on": date(2023, 7, 1)}, "answer"),
        ({"answer": "x", "answering_body": "UBND huyện", "answered_on": date(2023, 5, 31)}, "answered_on"),
        ({"text": "Nguyễn Văn An chưa đồng ý."}, "text"),
        ({"text": "nguyen van an chua dong y."}, "text"),
        (
            {"answer": "Đã gặp ông Hai.", "answered_on": date(2023, 7, 1), "answering_body": "UBND huyện"},
            "answer",
        ),
        (
            {"answer": "Đã sửa.", "answered_on": date(2023, 7, 1), "answering_body": "Trần Thị Bình"},
            "answering_body",
        ),
    ],
)
def test_each_bad_field_is_named(world, changes, field):
    assert field in fields_of(check_bulletins([note(world, **changes)]))


def test_the_words_found_are_named_until_they_are_gone(world):
    text = "Nguyễn Văn An và bà Sáu, số máy 0905 123 456, chưa đồng ý."
    with pytest.raises(Refused) as refused:
        add_bulletin(note(world, text=text), by=world.users["propaganda"])
    [problem] = refused.value.problems
    for words in ("“Nguyễn Văn An”", "“bà Sáu”", "“0905 123 456”"):
        assert words in problem.message
    assert not Bulletin.objects.exists()


def test_a_name_of_the_register_counts_whoever_asks_and_only_as_it_is_borne(world):
    assert names_among(["nguyen van an", "khong co ai"]) == {"nguyen van an": ["Nguyễn Văn An"]}


def test_the_register_is_asked_once_for_a_batch(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert check_bulletins([note(world)] * 20) == []


def test_an_open_note_is_answered_and_keeps_its_identity(world):
    by = world.users["propaganda"]
    made = add_bulletin(note(world), by=by)
    given = {"answer": "Đã bố trí vốn, sửa trong quý III.", "answered_on": date(2023, 7, 3)}
    done = answer_bulletin(made, answering_body="UBND huyện", by=by, **given)
    assert (done.identity, done.text, done.is_answered) == (made.identity, TEXT, True)
    made.refresh_from_db()
    assert made.voided_at == done.recorded_at
    with pytest.raises(Refused, match="đã được trả lời"):
        answer_bulletin(done, answering_body="UBND huyện", by=by, **given)
    with pytest.raises(Conflict):
        answer_bulletin(made, answering_body="UBND huyện", by=by, **given)


def test_a_reason_names_nobody_either(world):
    by = world.users["propaganda"]
    made = add_bulletin(note(world), by=by)
    with pytest.raises(Refused, match="Nguyễn Văn An"):
        void_bulletin(made, reason="Theo yêu cầu của Nguyễn Văn An", by=by)
    with pytest.raises(Refused, match="ông Hai"):
        correct_bulletin(made, note(world), reason="ông Hai xin rút", by=by)
    void_bulletin(made, reason="Ghi trùng", by=by)
    assert not visible_bulletins(by).exists()


def test_the_ledger_keeps_topic_and_month_and_no_text(world):
    by = world.users["propaganda"]
    made = add_bulletin(note(world), by=by)
    done = answer_bulletin(
        made, answer="Đã bố trí vốn.", answered_on=date(2023, 7, 3), answering_body="UBND huyện", by=by
    )
    new = correct_bulletin(done, note(world, text="Đường hỏng."), reason="Viết gọn", by=by)
    void_bulletin(new, reason="Ghi trùng", by=by)
    entries = LedgerEntry.objects.filter(action__startswith="bulletin.")
    said = json.dumps([entry.data for entry in entries], ensure_ascii=False)
    assert entries.count() == 4
    assert "2023-06-01" in said
    for words in ("đường liên thôn", "Đường hỏng", "bố trí vốn", "UBND"):
        assert words not in said


def test_no_column_of_a_note_points_to_a_person_but_to_who_keeps_the_book():
    pointing = {f.name for f in Bulletin._meta.concrete_fields if isinstance(f, models.ForeignKey)}
    assert pointing == {"organisation", "recorded_by", "voided_by"}


def test_notes_are_counted_by_topic_and_month(world):
    by = world.users["propaganda"]
    for month, topic in ((1, "land"), (1, "land"), (3, "land"), (3, "health"), (12, "order")):
        add_bulletin(note(world, month=date(2023, month, 1), topic=topic), by=by)
    rows = counts(visible_bulletins(by), months_of(date(2023, 1, 1), date(2023, 3, 31)))
    assert [(r.topic, r.by_month, r.total, r.answered) for r in rows] == [
        ("land", (2, 0, 1), 3, 0),
        ("health", (0, 0, 1), 1, 0),
    ]
    [(topic, notes)] = of_month(visible_bulletins(by), date(2023, 12, 1), world["QS"])
    assert (topic, len(notes)) == ("order", 1)
