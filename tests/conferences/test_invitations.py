"""Who is called by which post on the conference's day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.conferences.conftest import draft, moment
from tests.world import make_world
from tongket.audit.acts import act
from tongket.conferences.acts import add_conference, close, open_conference
from tongket.conferences.calling.acts import (
    correct_invitation,
    invite,
    invite_by_roles,
    no_longer_holding,
    preview,
    reply,
    set_voting,
    withdraw,
)
from tongket.conferences.calling.roles import ROLES, USUAL, called_by
from tongket.conferences.drafts import InvitationDraft, ReplyDraft
from tongket.conferences.models import Invitation
from tongket.conferences.queries import invitations_of
from tongket.core.dates import FOREVER, today
from tongket.core.problems import Conflict, Refused
from tongket.members.drafts import PostDraft
from tongket.members.models import PostHolding
from tongket.members.post_acts import add_posts, end_post


def test_a_person_of_several_rules_is_called_once_with_all_posts_together(planned, office):
    invite_by_roles(planned, USUAL["year_end"], by=office)
    rows = {row.member.code: row for row in invitations_of(planned)}
    assert set(rows) == {"M1", "M2", "M3", "M4", "M5"}
    assert rows["M2"].post == "Ủy viên Ban Chấp hành Đảng bộ huyện Thử; Bí thư Đảng ủy xã A"
    assert rows["M2"].organisation.code == "PA"
    # The deputy left his post four weeks before; he comes as a clerk.
    assert rows["M3"].post.startswith("Cán bộ phụ trách Tuyên giáo")
    assert {code for code, row in rows.items() if row.voting} == {"M1", "M2"}
    assert sorted(row.number for row in rows.values()) == [1, 2, 3, 4, 5]
    assert all(row.code.isdigit() and len(row.code) == 20 for row in rows.values())


def test_the_preview_counts_each_rule_and_names_the_vacant_posts(planned):
    found, would = preview(planned, USUAL["year_end"])
    people = {one.role.id: one.people for one in found.found}
    assert people == {
        "committee": 2,
        "advisory": 1,
        "centre": 0,
        "leaders": 1,
        "propaganda": 1,
        "organisation": 0,
        "office": 1,
    }
    vacant = {one.role.id: one.vacant for one in found.found}
    assert "Đảng bộ xã B: chưa có Bí thư" in vacant["leaders"]
    assert "Đảng bộ xã A: chưa có Phó Bí thư" in vacant["leaders"]
    assert vacant["propaganda"] == ("Đảng bộ xã B: chưa có Cán bộ phụ trách Tuyên giáo – Dân vận",)
    assert len(vacant["centre"]) == 1
    assert len(would.added) == 5 and not Invitation.objects.exists()


def test_the_list_takes_few_questions_whatever_its_length(planned, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        called_by(planned, ROLES)


def test_run_again_adds_only_who_is_new_and_names_who_left_the_post(world, planned, office):
    invite_by_roles(planned, USUAL["year_end"], by=office)
    codes = {row.number: row.code for row in invitations_of(planned)}
    end_post(
        PostHolding.objects.get(post="office_clerk", voided_at__isnull=True),
        on=date(2023, 12, 1),
        reason="thôi",
        by=None,
    )
    with act("test.posts", by=None) as current:
        add_posts([PostDraft(world["M6"], world["PB"], "secretary", date(2023, 12, 1))], act=current)
    done = invite_by_roles(planned, USUAL["year_end"], by=office)
    assert [row.member.code for row in done.added] == ["M6"]
    assert [row.member.code for row in done.gone] == ["M4"]
    assert done.kept == 4
    rows = list(invitations_of(planned))
    assert {row.number: row.code for row in rows if row.number <= 5} == codes
    assert {row.member.code for row in rows if row.pk in no_longer_holding(planned, rows)} == {"M4"}


def test_numbers_of_withdrawn_invitations_are_not_given_again(planned, office):
    guest = invite(InvitationDraft(planned, "Lê A", "Bí thư huyện kết nghĩa"), by=office)
    withdraw(guest, reason="bận", by=office)
    assert invite(InvitationDraft(planned, "Lê B", "Phó Bí thư"), by=office).number == guest.number + 1


def test_nobody_is_called_twice(world, planned, office):
    invite(InvitationDraft(planned, "Nguyễn Văn An", "Bí thư", member=world["M1"]), by=office)
    with pytest.raises(Refused, match="một giấy mời"):
        invite(InvitationDraft(planned, "Nguyễn Văn An", "Bí thư", member=world["M1"]), by=office)
    invite(InvitationDraft(planned, "Khách", "Chủ tịch"), by=office)
    with pytest.raises(Refused, match="một giấy mời"):
        invite(InvitationDraft(planned, "Khách", "Chủ tịch"), by=office)


def test_no_rule_and_nobody_found_are_said(planned, office):
    with pytest.raises(Refused, match="Chưa chọn"):
        invite_by_roles(planned, [], by=office)
    with pytest.raises(Refused, match="Không ai"):
        invite_by_roles(planned, ["centre"], by=office)


def test_a_cell_meeting_calls_its_members_and_the_official_ones_vote(world, office):
    meeting = add_conference(
        draft(world, organisation=world["PB2"], kind="cell", title="Sinh hoạt"), by=office
    )
    invite_by_roles(meeting, ["members"], by=office)
    [only] = invitations_of(meeting)
    assert (only.member.code, only.voting, only.post) == ("M6", False, "Đảng viên dự bị")
    meeting = add_conference(
        draft(world, organisation=world["PA1"], kind="cell", title="Sinh hoạt"), by=office
    )
    invite_by_roles(meeting, ["members"], by=office)
    assert [row.voting for row in invitations_of(meeting)] == [True, True]


def test_a_corrected_invitation_keeps_number_card_and_replies(called, office):
    row = invitations_of(called)[2]
    reply(ReplyDraft(row, "coming", today()), by=office)
    new = set_voting(row, True, by=office)
    assert (new.number, new.code, new.identity, new.voting) == (row.number, row.code, row.identity, True)
    assert new.replies.count() == 1
    with pytest.raises(Conflict):
        set_voting(row, False, by=office)
    with pytest.raises(Refused, match="lý do"):
        correct_invitation(new, InvitationDraft(called, "X", "Y", member=new.member), reason="", by=office)


@pytest.mark.parametrize(
    ("answer", "changes", "field"),
    [
        ("excused", {}, "reason"),
        ("coming", {"reason": "ốm"}, "answer"),
        ("coming", {"substitute": "Lê B"}, "answer"),
        ("none", {}, "answer"),
        ("maybe", {}, "answer"),
        ("coming", {"on": today() + timedelta(days=2)}, "on"),
    ],
)
def test_a_bad_reply_is_named_at_its_field(called, office, answer, changes, field):
    with pytest.raises(Refused) as refused:
        reply(
            ReplyDraft(
                **{"invitation": invitations_of(called)[0], "answer": answer, "on": today()} | changes
            ),
            by=office,
        )
    assert [p.field for p in refused.value.problems] == [field]


def test_no_reply_before_the_call_or_after_the_close(planned, office):
    invite_by_roles(planned, ["committee"], by=office)
    with pytest.raises(Refused, match="chưa triệu tập"):
        reply(ReplyDraft(invitations_of(planned)[0], "coming", today()), by=office)


def test_nobody_is_called_to_a_closed_conference(called, office):
    open_conference(called, by=office, at=moment(15))
    close(called, by=office, at=moment(15))
    with pytest.raises(Refused, match="bế mạc"):
        invite(InvitationDraft(called, "Khách", "Chủ tịch"), by=office)
    with pytest.raises(Refused, match="bế mạc"):
        invite_by_roles(called, ["committee"], by=office)


_CALLED = {
    "committee": (("QS",), ("secretary", "deputy_secretary", "standing_member", "committee_member")),
    "advisory": (("QS", "VP"), ("advisory_head",)),
    "centre": (("QS", "VP"), ("centre_leader",)),
    "leaders": (("PA", "PB", "VP"), ("secretary", "deputy_secretary")),
    "propaganda": (("PA", "PB"), ("propaganda_clerk",)),
    "organisation": (("PA", "PB"), ("organisation_clerk",)),
    "office": (("PA", "PB"), ("office_clerk",)),
}
_DAYS = st.dates(date(2018, 1, 1), date(2025, 12, 31))
_HOLDING = st.tuples(
    st.sampled_from(["M1", "M2", "M3", "M4", "M5"]),
    st.sampled_from(["QS", "PA", "PB", "VP", "PA1"]),
    st.sampled_from(sorted({post for _, posts in _CALLED.values() for post in posts})),
    _DAYS,
    st.one_of(st.none(), _DAYS),
)


class TestWhoeverHoldsThePost(TestCase):
    @settings(max_examples=25)
    @given(st.lists(_HOLDING, max_size=12), _DAYS, st.sets(st.sampled_from(sorted(_CALLED))))
    def test_the_rules_find_exactly_who_holds_the_posts_on_the_day(self, holdings, day, chosen):
        """Against a reading of the posts one by one, by hand."""
        world = make_world()
        with act("test.posts", by=None) as current:
            PostHolding.objects.bulk_create(
                PostHolding(
                    member=world[m],
                    organisation=world[o],
                    post=p,
                    valid_from=a,
                    valid_to=b or FOREVER,
                    **current.stamp(),
                )
                for m, o, p, a, b in holdings
            )
        conference = add_conference(draft(world, starts_at=moment(8, day)), by=None)
        expected = {
            m
            for m, o, p, a, b in holdings
            for rule in chosen
            if a <= day and (b is None or day < b) and o in _CALLED[rule][0] and p in _CALLED[rule][1]
        }
        found = called_by(conference, chosen)
        assert {person.member.code for person in found.people} == expected
        assert len(found.people) == len(expected)
