"""Rows written by the column are the rows that Django itself would write, under keys that nobody else gets."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from tongket.audit.among import Among
from tongket.audit.bulk import insert, make
from tongket.members.models import Member, MemberDetail

pytestmark = pytest.mark.django_db
_AT = datetime(2024, 5, 6, 7, 8, 9, 1234, tzinfo=UTC)


def _people(first: int, count: int) -> list[Member]:
    return [
        make(
            Member,
            {
                "code": f"B{n}",
                "full_name": f"Đỗ «{n}»\t\\N",
                "birth_date": date(1970, 1, 1 + n % 28) if n % 3 else None,
            },
        )
        for n in range(first, first + count)
    ]


def test_what_is_inserted_reads_back_as_it_was_made_also_after_django_wrote_some() -> None:
    with transaction.atomic():
        Member.objects.create(code="A1", full_name="Nguyễn Văn An")
        made = insert(Member, _people(0, 60))
        later = Member.objects.create(code="A2", full_name="Trần Thị Hai")
        again = insert(Member, _people(60, 60))
    keys = [m.pk for m in (*made, later, *again)]
    assert keys == sorted(set(keys))
    stored = {m.pk: m for m in Member.objects.all()}
    for row in (*made, *again):
        assert model_to_dict(stored[row.pk]) == model_to_dict(row)
        assert stored[row.pk].uid == row.uid


def test_what_the_database_refuses_is_told_as_django_tells_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Member, [*_people(0, 60), *_people(0, 1)])
    assert not Member.objects.exists()


def test_related_rows_moments_and_blanks_are_kept() -> None:
    with transaction.atomic():
        people = insert(Member, _people(0, 60))
        days = {"valid_from": date(1900, 1, 1), "full_name": "An", "recorded_at": _AT, "youth_union": None}
        insert(MemberDetail, [make(MemberDetail, days, member=one, recorded_by=None) for one in people])
    row = MemberDetail.objects.get(member=people[7])
    assert (row.recorded_at, row.youth_union, row.birth_year_only, row.phone) == (_AT, None, False, "")


def test_a_row_made_is_the_row_that_its_class_makes() -> None:
    values = {"code": "C1", "full_name": "An", "uid": None}
    assert model_to_dict(make(Member, values)) == model_to_dict(Member(**values))
    assert make(Member, values).__dict__.keys() == Member(**values).__dict__.keys()


def test_among_finds_the_same_rows_as_in() -> None:
    with transaction.atomic():
        people = insert(Member, _people(0, 60))
    wanted = {"B3", "B59", "B77", 'B"1'}
    assert set(Member.objects.filter(Among("code", wanted))) == set(Member.objects.filter(code__in=wanted))
    keys = [people[4].pk, people[9].pk, 10**9]
    assert set(Member.objects.filter(Among("pk", keys))) == {people[4], people[9]}
    assert not Member.objects.filter(Among("pk", [])).exists()
