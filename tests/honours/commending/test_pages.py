"""The pages of a campaign, as a clerk of the district and one of a commune use them."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from tests.honours.commending.conftest import DECIDED, Campaign
from tests.page_world import logged_in
from tongket.core.dates import format_date
from tongket.honours.commending.acts import decide, record_views
from tongket.honours.commending.drafts import Choice, DecisionDraft, ViewDraft
from tongket.honours.commending.due import due_items
from tongket.honours.commending.giving.numbers import run_numbers
from tongket.honours.commending.models import (
    CertificateLayout,
    CommendationProposal,
    CommendationRound,
    CommendationTitle,
    CouncilView,
)
from tongket.honours.models import Commendation


def _client(campaign: Campaign, name: str = "clerk"):
    return logged_in(campaign.world.users[name])


def _url(campaign: Campaign, name: str, *args) -> str:
    return reverse(f"honours:{name}", args=[campaign.round.pk, *args])


def _commended(campaign: Campaign):
    """Two commended, one not, numbered 1 and 2."""
    for who in ("M1", "M2", "PA"):
        campaign.rate(who, y2023="excellent")
    made = campaign.propose(
        campaign.draft("CN", "M1", address="Bí thư chi bộ", achievement="Có thành tích xuất sắc năm 2023"),
        campaign.draft("TT", "PA"),
        campaign.draft("CN", "M2"),
    )
    choices = (
        Choice(made[0].identity, True),
        Choice(made[1].identity, True),
        Choice(made[2].identity, False, "chưa đủ thời gian"),
    )
    decide(campaign.round, DecisionDraft("125-QĐ/HU", DECIDED, "Ban Thường vụ", choices), by=campaign.clerk)
    run_numbers(campaign.round, start=1, issued_on=DECIDED, by=campaign.clerk)
    return made


def test_a_campaign_from_title_to_decision_by_the_pages(campaign: Campaign) -> None:
    client = _client(campaign)
    assert (
        client.post(reverse("honours:title_take") + "?nam=2024&to_chuc=QS", {"lay": "chung"}).status_code
        == 302
    )
    title = CommendationTitle.objects.get(code="CN-NAM", year_from=2024)
    form = {
        "organisation": "QS",
        "name": "Khen thưởng năm 2024",
        "period": "2024",
        "opened_on": "01/11/2024",
        "propose_by": "30/11/2024",
        "titles": [str(title.identity)],
    }
    answer = client.post(reverse("honours:commending_new"), form)
    assert answer.status_code == 302
    round_ = CommendationRound.objects.get(period="2024")
    assert client.get(answer["Location"]).status_code == 200
    campaign.rate("M1", y2024="excellent")
    campaign.rate("M2", y2024="good")
    propose = reverse("honours:commending_propose", args=[round_.pk])
    shown = client.get(propose).content.decode()
    # Only who passes the gate is offered.
    assert "Nguyễn Văn An" in shown
    assert "Trần Thị Bình" not in shown
    member = campaign.world["M1"]
    entry = {"chon": [f"m{member.pk}"], "ten": "Bà Khách\tChủ tịch Hội\tỦng hộ", "ngay": "20/11/2024"}
    assert client.post(propose, entry).status_code == 302
    rows = list(CommendationProposal.objects.filter(round=round_.identity).order_by("id"))
    assert [(row.member_id, row.recipient_name, row.address) for row in rows] == [
        (member.pk, "", ""),
        (None, "Bà Khách", "Chủ tịch Hội"),
    ]
    first, second = rows
    council = reverse("honours:commending_council", args=[round_.pk])
    votes = {"ngay": "01/12/2024", "tong": "9", f"y-kien-{first.pk}": "co", f"phieu-{first.pk}": "10"}
    refused = client.post(council, votes)
    assert refused.status_code == 422
    assert "10 phiếu tán thành nhiều hơn 9" in refused.content.decode()
    assert client.post(council, votes | {f"phieu-{first.pk}": "9"}).status_code == 302
    assert CouncilView.objects.get().agree == 9
    decision = {
        "so": "7-QĐ/HU",
        "ngay": "10/12/2024",
        "co_quan": "Ban Thường vụ",
        f"chon-{first.pk}": "co",
        f"chon-{second.pk}": "khong",
    }
    refused = client.post(reverse("honours:commending_decide", args=[round_.pk]), decision)
    assert refused.status_code == 422
    assert "“Bà Khách” không được khen: chưa ghi lý do" in refused.content.decode()
    decision[f"ly-do-{second.pk}"] = "chưa đủ hồ sơ"
    assert client.post(reverse("honours:commending_decide", args=[round_.pk]), decision).status_code == 302
    assert Commendation.objects.get().member == member


def test_every_page_of_a_decided_campaign_opens_and_says_what_was_decided(campaign: Campaign) -> None:
    _commended(campaign)
    client = _client(campaign)
    for name in (
        "commending",
        "commending_proposals",
        "commending_propose",
        "commending_council",
        "commending_decide",
        "commending_certificates",
        "commending_handing",
    ):
        assert client.get(_url(campaign, name)).status_code == 200, name
    assert "chưa đủ thời gian" in client.get(_url(campaign, "commending_proposals")).content.decode()
    assert "Căn cứ" in client.get(_url(campaign, "commending")).content.decode()
    for name in ("commending_list", "title_list", "title_new", "title_take", "commending_new"):
        assert client.get(reverse(f"honours:{name}"), {"ky": "2023"}).status_code == 200, name
    title = campaign.titles["CN"]
    assert client.get(reverse("honours:title_detail", args=[title.pk])).status_code == 200


def test_the_pages_ask_the_same_number_of_questions_for_few_and_for_many(campaign: Campaign) -> None:
    client = _client(campaign)
    names = (
        "commending",
        "commending_proposals",
        "commending_council",
        "commending_decide",
        "commending_propose",
    )

    def counted() -> dict[str, int]:
        found = {}
        for name in names:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(_url(campaign, name)).status_code == 200
            found[name] = len(queries)
        return found

    for who in ("M1", "M2", "M3", "M4", "PA", "PB"):
        campaign.rate(who, y2023="excellent")
    few_drafts = (
        campaign.draft("CN", "M1"),
        campaign.draft("CN5", "M4"),
        campaign.draft("TT", "PA", by="PA"),
    )
    campaign.propose(*few_drafts)
    client.get(_url(campaign, "commending"))
    few = counted()
    campaign.propose(
        *(campaign.draft("CN", who) for who in ("M2", "M3", "M4", "M5")),
        *(campaign.draft("CN5", who) for who in ("M1", "M2", "M3")),
        *(campaign.draft("TT", who, by=who) for who in ("PB", "VP")),
    )
    many = counted()
    # Once all are proposed there is nobody left to be judged: that page asks less.
    assert many.pop("commending_propose") <= few.pop("commending_propose") <= 15
    assert few == many
    assert max(many.values()) <= 15, many
    assert CommendationProposal.objects.count() == 12


def test_the_giving_pages_ask_at_most_fifteen_questions(campaign: Campaign) -> None:
    _commended(campaign)
    client = _client(campaign)
    for name in ("commending_certificates", "commending_handing", "commending_list"):
        address = reverse("honours:commending_list") if name == "commending_list" else _url(campaign, name)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= 15, (name, len(queries))


def test_a_commune_proposes_its_own_and_neither_sees_nor_runs_the_rest(campaign: Campaign) -> None:
    campaign.rate("M1", y2023="excellent")
    campaign.rate("M4", y2023="excellent")
    campaign.propose(campaign.draft("CN", "M4", by="PB"))
    client = _client(campaign, "clerk_a")
    shown = client.get(_url(campaign, "commending_propose")).content.decode()
    assert "Nguyễn Văn An" in shown
    assert "Phạm Thị Dung" not in shown
    entry = {"chon": [f"m{campaign.world['M1'].pk}"], "ngay": "20/11/2023"}
    assert client.post(_url(campaign, "commending_propose"), entry).status_code == 302
    assert CommendationProposal.objects.get(member=campaign.world["M1"]).proposed_by == campaign.world["PA"]
    listed = client.get(_url(campaign, "commending_proposals")).content.decode()
    assert "Nguyễn Văn An" in listed
    assert "Phạm Thị Dung" not in listed
    for name in ("commending_council", "commending_decide", "commending_certificates", "commending_handing"):
        assert client.get(_url(campaign, name)).status_code == 404, name
    foreign = CommendationProposal.objects.get(member=campaign.world["M4"])
    assert client.get(_url(campaign, "commending_withdraw", foreign.pk)).status_code == 404
    # Neither may a ticked key of another commune be smuggled in.
    entry = {"chon": [f"m{campaign.world['M4'].pk}"], "ngay": "20/11/2023"}
    assert client.post(_url(campaign, "commending_propose"), entry).status_code == 422


def test_who_only_reads_cannot_write(campaign: Campaign) -> None:
    [made] = campaign.propose(campaign.draft("CN", "M1"))
    client = _client(campaign, "leader")
    assert client.get(_url(campaign, "commending_council")).status_code == 200
    votes = {"ngay": "01/12/2023", f"y-kien-{made.pk}": "co"}
    assert client.post(_url(campaign, "commending_council"), votes).status_code == 404
    assert client.get(_url(campaign, "commending_decide")).status_code == 403
    assert client.get(_url(campaign, "commending_propose")).status_code == 403
    assert not CouncilView.objects.exists()


def test_words_are_corrected_and_a_proposal_is_withdrawn_with_a_reason(campaign: Campaign) -> None:
    [made] = campaign.propose(campaign.draft("CN", "M1"))
    client = _client(campaign)
    entry = {"address": "Bí thư", "achievement": "Xuất sắc", "why": "bổ sung"}
    assert client.post(_url(campaign, "commending_words", made.pk), entry).status_code == 302
    new = CommendationProposal.objects.get(voided_at__isnull=True)
    assert (new.address, new.identity) == ("Bí thư", made.identity)
    assert client.post(_url(campaign, "commending_withdraw", new.pk), {"reason": ""}).status_code == 422
    assert client.post(_url(campaign, "commending_withdraw", new.pk), {"reason": "rút"}).status_code == 302
    assert not CommendationProposal.objects.filter(voided_at__isnull=True).exists()


def test_a_check_is_set_aside_on_its_page(campaign: Campaign) -> None:
    campaign.rate("M1", y2023="good")
    [made] = campaign.propose(campaign.draft("CN", "M1"))
    client = _client(campaign)
    address = _url(campaign, "commending_aside", made.pk, "rating")
    assert "hoàn thành tốt nhiệm vụ" in client.get(_url(campaign, "commending_proposals")).content.decode()
    assert client.post(address, {"reason": "theo công văn 12"}).status_code == 302
    assert "theo công văn 12" in client.get(_url(campaign, "commending")).content.decode()
    assert (
        client.post(_url(campaign, "commending_aside", made.pk, "khac"), {"reason": "x"}).status_code == 422
    )


# --- files -------------------------------------------------------------------------------------------------


def _text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in document.paragraphs] + cells)


def test_certificates_have_a_page_each_with_only_the_texts_that_change(campaign: Campaign) -> None:
    _commended(campaign)
    client = _client(campaign)
    answer = client.get(_url(campaign, "commending_print", campaign.titles["CN"].pk))
    text = _text(answer.content)
    for wanted in (
        "Nguyễn Văn An",
        "Bí thư chi bộ",
        "Chi bộ thôn A1",
        "Có thành tích xuất sắc năm 2023",
        "Quyết định số 125-QĐ/HU, ngày 20/12/2023",
        "Số vào sổ: 2",
    ):
        assert wanted in text
    assert "Trần Thị Bình" not in text
    document = Document(io.BytesIO(answer.content))
    frames = document.element.xpath("//w:framePr")
    assert len(frames) >= 6
    assert set(document.element.xpath("//w:framePr/@w:vAnchor")) == {"page"}
    breaks = document.element.xpath("//w:pageBreakBefore")
    assert len([one for one in breaks if one.values() != ["0"]]) == 0


def _layout(campaign: Campaign, client) -> dict[str, str]:
    from tongket.honours.commending.giving.layouts import layout_of

    draft = layout_of(campaign.world["QS"], campaign.titles["CN"])
    assert (draft.on_behalf, draft.signer_post) == ("T/M BAN THƯỜNG VỤ", "BÍ THƯ") and draft.place
    entry = {
        "page_width": "297",
        "page_height": "210",
        "shift_x": "-1,5",
        "shift_y": "2",
        "place": "Thử",
        "signer": "Lê Văn Ký",
    }
    for one in draft.places:
        entry |= {
            f"{one.key}-{name}": str(getattr(one, name)) for name in ("x", "y", "width", "size", "align")
        }
        entry[f"{one.key}-shown"] = "on"
    return entry


def test_a_layout_is_saved_per_title_and_moves_the_texts(campaign: Campaign) -> None:
    _commended(campaign)
    client = _client(campaign)
    address = _url(campaign, "commending_layout", campaign.titles["CN"].pk)
    assert client.get(address).status_code == 200
    entry = _layout(campaign, client)
    wrong = client.post(address, entry | {"recipient-x": "200", "recipient-size": "400"})
    assert wrong.status_code == 422
    assert "ra ngoài giấy" in wrong.content.decode()
    assert not CertificateLayout.objects.exists()
    for x in ("30", "31,5"):
        assert client.post(address, entry | {"recipient-x": x}).status_code == 302
    assert CertificateLayout.objects.filter(voided_at__isnull=True).count() == 1
    answer = client.get(_url(campaign, "commending_print", campaign.titles["CN"].pk))
    document = Document(io.BytesIO(answer.content))
    name = next(one for one in document.paragraphs if one.text == "Nguyễn Văn An")
    # 31,5 mm and the shift of -1,5 mm are 30 mm: 1701 twentieths of a point.
    assert name._p.xpath(".//w:framePr/@w:x") == ["1701"]
    assert "Lê Văn Ký" in _text(answer.content)
    test = client.get(_url(campaign, "commending_print", campaign.titles["CN"].pk), {"thu": "1"})
    assert "Tên tập thể, cá nhân" in _text(test.content)


def test_the_list_for_handing_out_is_in_the_conferences_order_in_excel_and_word(campaign: Campaign) -> None:
    _commended(campaign)
    client = _client(campaign)
    sheet = load_workbook(
        io.BytesIO(client.get(_url(campaign, "commending_handing"), {"xuat": "xlsx"}).content)
    ).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    # Collectives are called up before individuals.
    assert [(row[0], row[3], row[5]) for row in rows] == [(1, "Đảng bộ xã A", 1), (2, "Nguyễn Văn An", 2)]
    assert [row[8] for row in rows] == [None, None]
    text = _text(client.get(_url(campaign, "commending_handing"), {"xuat": "docx"}).content)
    assert text.index("Đảng bộ xã A") < text.index("Nguyễn Văn An")
    assert "chưa rõ" in text


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("commending_proposals", "TỜ TRÌNH"),
        ("commending_council", "BIÊN BẢN"),
        ("commending_decide", "QUYẾT ĐỊNH"),
    ],
)
def test_the_papers_of_a_campaign_are_word_drafts(campaign: Campaign, name: str, wanted: str) -> None:
    [made] = campaign.propose(campaign.draft("CN", "M1"))
    record_views(
        campaign.round, [ViewDraft(made.identity, True, 9, 8)], on=date(2023, 12, 1), by=campaign.clerk
    )
    answer = _client(campaign).get(_url(campaign, name), {"xuat": "docx"})
    text = _text(answer.content)
    assert wanted in text
    assert "Nguyễn Văn An" in text
    assert ("8/9" in text) == (name == "commending_council")


def test_the_decision_on_record_is_printed_with_its_own_number_and_day(campaign: Campaign) -> None:
    [made] = campaign.propose(campaign.draft("CN", "M1"))
    draft = DecisionDraft("125-QĐ/HU", DECIDED, "Ban Thường vụ", (Choice(made.identity, True),))
    decide(campaign.round, draft, by=campaign.clerk)
    text = _text(_client(campaign).get(_url(campaign, "commending_decide"), {"xuat": "docx"}).content)
    assert "Số 125-QĐ/HU" in text
    assert "ngày 20 tháng 12 năm 2023" in text


# --- due ---------------------------------------------------------------------------------------------------


def test_what_is_due_is_told_to_whom_it_concerns(campaign: Campaign) -> None:
    campaign.open(name="Đợt có hạn", propose_by=date(2023, 11, 30), council_by=date(2023, 12, 5))
    users, day = campaign.world.users, date(2023, 11, 25)
    asked = due_items(users["clerk_a"], day)
    assert ["Đợt có hạn" in one.text for one in asked] == [True]
    assert (asked[0].on, asked[0].late) == (date(2023, 11, 30), False)
    assert due_items(users["leader"], day) == []
    campaign.propose(campaign.draft("TT", "PA", by="PA"))
    assert due_items(users["clerk_a"], day) == []
    [council] = due_items(users["clerk"], day + timedelta(days=20))
    assert (council.on, council.late) == (date(2023, 12, 5), True)


def test_certificates_not_handed_out_are_counted(campaign: Campaign) -> None:
    _commended(campaign)
    with CaptureQueriesContext(connection) as queries:
        found = due_items(campaign.clerk, DECIDED + timedelta(days=3))
    assert [one.text for one in found] == ["2 giấy khen đã vào sổ, chưa trao"]
    assert len(queries) <= 4
    assert format_date(DECIDED) == "20/12/2023"
