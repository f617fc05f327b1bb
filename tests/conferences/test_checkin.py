"""At the door: each person once, whatever was typed, scanned or photographed."""

import json
import subprocess
import sys
from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.conferences.conftest import draft, moment
from tests.reliability.scratch import ROOT, scratch
from tongket.audit.models import LedgerEntry
from tongket.conferences.acts import add_conference, call, close, open_conference
from tongket.conferences.calling.acts import invite, invite_by_roles, set_voting, withdraw
from tongket.conferences.calling.cards import BadPhoto, qr_png, read_photo
from tongket.conferences.door.acts import check_in, code_in, mark, unmark
from tongket.conferences.door.quorum import Counts, quorum_of
from tongket.conferences.drafts import InvitationDraft
from tongket.conferences.models import Attendance
from tongket.conferences.queries import counts, invitations_of, marked_list, visible_conferences
from tongket.core.problems import Refused


def standing():
    return Attendance.objects.filter(voided_at__isnull=True)


def test_number_code_and_address_all_name_the_person(called, office):
    one, two, three, *_ = invitations_of(called)
    assert check_in(called, f" {one.number} ", how="number", by=office).invitation == one
    assert check_in(called, two.code, how="qr", by=office).invitation == two
    typed = f"http://192.168.1.5:8000/diem-danh/{three.code}/"
    assert check_in(called, typed, how="qr", by=office).invitation == three
    # With a Vietnamese keyboard on, letters of the address come out wrong; digits do not.
    assert code_in(f"http>&&192.168.1.5>8000/điêm-đanh/{three.code}/") == three.code
    assert set(standing().values_list("state", flat=True)) == {"present"}


def test_a_second_check_in_is_told_when_the_first_was_and_writes_nothing(called, office):
    first = check_in(called, "1", how="number", by=office)
    entries = LedgerEntry.objects.count()
    again = check_in(called, "1", how="qr", by=office)
    assert (again.kind, again.at) == ("already", first.at)
    assert Attendance.objects.count() == 1
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize(
    "typed", ["", "abc", "999", "0", "12345678901234567890", "-1", "1; DROP", "１２x", "9" * 200]
)
def test_what_names_nobody_is_unknown(called, office, typed):
    assert check_in(called, typed, how="number", by=office).kind == "unknown"
    assert not Attendance.objects.exists()


def test_a_card_of_another_conference_is_named_only_to_who_may_see_it(world, called, office):
    other = add_conference(draft(world, title="Hội nghị khác", organisation=world["PA"]), by=None)
    card = invite(InvitationDraft(other, "Khách", "Chủ tịch"), by=None).code
    seen = visible_conferences(office, verb="checkin.write")
    done = check_in(called, card, how="qr", by=office, visible=seen)
    assert (done.kind, done.conference) == ("other", other)
    of_b = visible_conferences(world.users["clerk_b"], verb="checkin.write")
    assert check_in(called, card, how="qr", by=office, visible=of_b).conference is None
    assert not Attendance.objects.exists()


def test_a_withdrawn_card_is_told(called, office):
    row = invitations_of(called)[0]
    withdraw(row, reason="đổi người", by=office)
    assert check_in(called, row.code, how="qr", by=office).kind == "withdrawn"
    assert check_in(called, str(row.number), how="number", by=office).kind == "withdrawn"


def test_before_the_call_and_after_the_close_nobody_is_checked_in(planned, office):
    invite_by_roles(planned, ["committee"], by=office)
    assert check_in(planned, "1", how="number", by=office).kind == "early"
    call(planned, by=office)
    open_conference(planned, by=office, at=moment(15))
    assert check_in(planned, "1", how="number", by=office).kind == "ok"
    close(planned, by=office, at=moment(15))
    assert check_in(planned, "2", how="number", by=office).kind == "late"
    with pytest.raises(Refused, match="bế mạc"):
        mark(invitations_of(planned)[1], "present", by=office)
    with pytest.raises(Refused, match="bế mạc"):
        unmark(invitations_of(planned)[0], by=office)


def test_who_comes_after_all_is_present_and_the_old_mark_stays_in_the_book(called, office):
    row = invitations_of(called)[0]
    mark(row, "excused", reason="ốm", by=office)
    assert check_in(called, str(row.number), how="number", by=office).kind == "ok"
    assert [a.state for a in standing()] == ["present"]
    assert Attendance.objects.filter(voided_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("state", "reason", "field"),
    [
        ("excused", " ", "reason"),
        ("absent", "ốm", "reason"),
        ("late", "", "state"),
        ("excused", "x" * 201, "reason"),
    ],
)
def test_a_bad_mark_is_named(called, office, state, reason, field):
    with pytest.raises(Refused) as refused:
        mark(invitations_of(called)[0], state, reason=reason, by=office)
    assert [p.field for p in refused.value.problems] == [field]


def test_the_same_mark_again_changes_nothing_and_a_mark_is_taken_back(called, office):
    row = invitations_of(called)[0]
    assert mark(row, "absent", by=office) == mark(row, "absent", by=office)
    assert unmark(row, by=office)
    assert not unmark(row, by=office)
    assert not standing().exists()


def test_a_corrected_invitation_keeps_its_mark_and_its_card(called, office):
    row = invitations_of(called)[0]
    check_in(called, row.code, how="qr", by=office)
    set_voting(row, not row.voting, by=office)
    assert check_in(called, row.code, how="qr", by=office).kind == "already"
    assert counts(called).present == 1


def test_counts_and_the_list_agree(called, office):
    one, two, three, *_rest = invitations_of(called)
    check_in(called, str(one.number), how="number", by=office)
    mark(two, "excused", reason="ốm", by=office)
    mark(three, "absent", by=office)
    numbers = counts(called)
    assert (numbers.invited, numbers.present, numbers.excused, numbers.absent, numbers.unmarked) == (
        5,
        1,
        1,
        1,
        2,
    )
    assert numbers.entitled == 2
    marks = [row.mark.state if row.mark else "" for row in marked_list(called)]
    assert [marks.count(state) for state in ("present", "excused", "absent", "")] == [1, 1, 1, 2]


def test_the_list_is_searched_without_diacritics_or_by_number(called):
    assert [row.name for row in marked_list(called, "cuong")] == ["Lê Văn Cường"]
    assert [row.name for row in marked_list(called, "XÃ b van phong")] == ["Phạm Thị Dung"]
    assert [row.number for row in marked_list(called, "3")] == [3]


@given(st.integers(1, 400), st.data())
def test_the_quorum_is_more_than_half_of_those_entitled_and_not_one_less(entitled, data):
    here = data.draw(st.integers(0, entitled))
    quorum = quorum_of(Counts(invited=entitled, present=here, entitled=entitled, entitled_present=here))
    assert quorum.reached == (here * 2 > entitled)
    assert quorum.missing == max(0, quorum.needed - here)
    assert (quorum.needed - 1) * 2 <= entitled < quorum.needed * 2


def test_no_quorum_is_asked_where_nobody_votes_and_another_share_is_said():
    assert not quorum_of(Counts(invited=5, present=5)).asked
    assert quorum_of(Counts(entitled=30, entitled_present=20), Fraction(2, 3)).needed == 21


@pytest.mark.django_db(transaction=True)
def test_of_phones_that_read_one_card_at_the_same_moment_one_writes_and_the_others_are_told(tmp_path):
    with scratch(tmp_path / "data") as own:
        own.migrate()
        done = subprocess.run(
            [sys.executable, "-m", "tests.conferences.door_drive", "6"],
            cwd=ROOT, env=own.environment(), capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["told"] == ["already"] * 5 + ["ok"]
    assert (found["rows"], found["entries"]) == (1, 1)


def _photo(picture: Image.Image, kind: str = "JPEG") -> bytes:
    stream = BytesIO()
    picture.save(stream, kind)
    return stream.getvalue()


def test_a_photo_of_the_card_is_read_even_turned_and_on_a_table():
    code = Image.open(qr_png("http://10.0.0.1/diem-danh/12345678901234567890/")).convert("RGB")
    table = Image.new("RGB", (2400, 1800), (120, 90, 60))
    table.paste(code.resize((600, 600)).rotate(12, expand=True, fillcolor=(255, 255, 255)), (700, 400))
    assert code_in(read_photo(_photo(table))) == "12345678901234567890"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Chưa có ảnh"),
        (b"MZ\x90 not a picture", "không phải ảnh"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải ảnh"),
        (b"\xff\xd8\xff" + b"\0" * (15 * 2**20), "15 MB"),
        (_photo(Image.new("RGB", (300, 300))), "Không thấy mã QR"),
        (_photo(Image.new("1", (20_000, 20_000)), "PNG"), "quá nhiều điểm ảnh"),
        (_photo(Image.new("RGB", (300, 300)))[:400], "."),
    ],
)
def test_a_photo_that_cannot_be_read_is_told_what_to_do(content, said):
    with pytest.raises(BadPhoto, match=said):
        read_photo(content)
