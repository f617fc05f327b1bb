"""Taking messages in: registered with files in one act, known again, revoked, updated, replaced."""

from dataclasses import replace
from datetime import date

import pytest

from tests.intake.edxml.samples import (
    KEY,
    PDF,
    SENDER,
    attachment,
    business,
    docx,
    edxml,
    header_parts,
    line,
    other_envelope,
    reference,
    zipped,
)
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Refused
from tongket.directives.acts import add_directive, add_plan, void_directive
from tongket.directives.drafts import DirectiveDraft, PlanDraft
from tongket.directives.models import Directive, DirectiveChange, Plan
from tongket.files import store
from tongket.files.models import Attachment, StoredFile
from tongket.files.queries import orphans
from tongket.intake.edxml.acts import Taken, rehearse, take_in
from tongket.intake.edxml.export import message_of
from tongket.intake.edxml.message import Business
from tongket.intake.edxml.outlook import Choices
from tongket.intake.edxml.read import read
from tongket.intake.edxml.write import write
from tongket.intake.models import ReceivedMessage

RECEIVED = date(2023, 11, 22)


def taken(world: World, content: bytes, code: str = "QS", **choices) -> Taken:
    """Take a file in at the district as its office does."""
    return take_in(
        read(content),
        world[code],
        world.users["office"],
        original=content,
        file_name="nq33.edxml",
        choices=Choices(**{"received_on": RECEIVED} | choices),
    )


def refused(world: World, content: bytes, **choices) -> str:
    with pytest.raises(Refused) as caught:
        taken(world, content, **choices)
    return str(caught.value)


def standing() -> list[Directive]:
    return list(Directive.objects.filter(voided_at=None))


def test_a_paper_is_registered_with_its_files_and_the_original_in_one_act(world):
    content = edxml().encode()
    entries = LedgerEntry.objects.count()
    made = taken(world, content)
    paper = Directive.objects.get()
    assert (paper.symbol, paper.number, paper.kind) == ("33-NQ/TU", 33, "NQ")
    assert (paper.issuer, paper.issuer_level, paper.signer) == (
        "Ban Thường vụ Tỉnh ủy",
        "province",
        "Nguyễn Văn Mẫu",
    )
    assert (paper.issued_on, paper.received_on, paper.plan_due_on) == (
        date(2023, 11, 20),
        RECEIVED,
        date(2023, 12, 31),
    )
    assert paper.needs_plan and paper.subject == "Về chuyển đổi số & cải cách"
    files = Attachment.objects.filter(about=paper.identity)
    assert [(f.role, f.name, f.stored.kind) for f in files] == [
        ("main", "nq33.pdf", "pdf"),
        ("original", "nq33.edxml", "edxml"),
    ]
    assert [store.read(f.stored.sha256) for f in files] == [PDF, content]
    row = ReceivedMessage.objects.get()
    assert (row.sender, row.document_id, row.business_type) == (SENDER, KEY, 0)
    assert (row.sha256, row.directive) == (made.received.sha256, paper.identity)
    assert row.sha256 == files[1].stored.sha256
    assert LedgerEntry.objects.count() == entries + 1
    assert LedgerEntry.objects.latest("id").action == "directive.receive"


def test_looking_at_a_message_writes_nothing(world):
    told = rehearse(read(edxml().encode()), world["QS"], Choices(received_on=RECEIVED))
    assert told.ok and [p.name for p in told.papers] == ["nq33.pdf"]
    assert not Directive.objects.exists() and not StoredFile.objects.exists() and not orphans()


def test_the_same_paper_is_not_registered_twice(world):
    taken(world, edxml().encode())
    assert "đã được tiếp nhận" in refused(world, edxml().encode())
    sent_again = edxml(header_parts(Content=line("Content", "gửi lại"))).encode()
    assert "33-NQ/TU" in refused(world, sent_again)
    assert ReceivedMessage.objects.count() == 1


def test_the_same_key_of_another_sender_or_for_another_book_is_another_paper(world):
    taken(world, edxml().encode())
    other = header_parts()
    other["From"] = other["From"].replace(SENDER, "KHAC").replace("Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Khác")
    taken(world, edxml(other).encode())
    taken(world, edxml().encode(), code="PA")
    assert len(standing()) == 3


def test_a_paper_voided_by_mistake_can_be_taken_in_again(world):
    void_directive(taken(world, edxml().encode()).directive, reason="nhầm", by=world.users["office"])
    taken(world, edxml().encode())
    assert len(standing()) == 1 and ReceivedMessage.objects.count() == 2


def test_a_paper_entered_by_hand_is_not_doubled(world):
    draft = DirectiveDraft(
        world["QS"], "NQ", "33-NQ/TU", "Ban Thường vụ Tỉnh ủy", "province", date(2023, 11, 20), "A", RECEIVED
    )
    add_directive(draft, by=None)
    assert "đã có trong sổ" in refused(world, edxml().encode())
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("number", "notation", "type_name", "name", "symbol", "kind", "level"),
    [
        ("26", "CT/TW", "Chỉ thị", "Ban Bí thư", "26-CT/TW", "CT", "central"),
        ("7816", "VPCP-TTĐT", "Công văn", "Văn phòng Chính phủ", "7816/VPCP-TTĐT", "CV", "state"),
        ("123", "QĐ-UBND", "Quyết định (cá biệt)", "UBND tỉnh", "123/QĐ-UBND", "QĐ", "state"),
        ("12", "QĐ/TU", "Quy định", "Tỉnh ủy", "12-QĐ/TU", "QyĐ", "province"),
        ("45", "CTr/HU", "", "Huyện ủy", "45-CTr/HU", "CTr", "district"),
        ("9", "KH/ĐU", "kế hoạch", "Đảng ủy xã", "9-KH/ĐU", "KH", "grassroots"),
        ("Số: 8-HD/BTCTW", "", "", "Ban Tổ chức", "8-HD/BTCTW", "HD", "central"),
    ],
)
def test_kind_and_level_are_known_by_name_and_letters(
    world, number, notation, type_name, name, symbol, kind, level
):
    parts = header_parts()
    parts["From"] = parts["From"].replace("Ban Thường vụ Tỉnh ủy", name)
    parts["Code"] = parts["Code"].replace(">33<", f">{number}<").replace("NQ/TU", notation)
    parts["DocumentType"] = parts["DocumentType"].replace("Nghị quyết", type_name)
    made = taken(world, edxml(parts).encode()).directive
    assert (made.symbol, made.kind, made.issuer_level) == (symbol, kind, level)


def test_what_is_not_recognised_is_asked_and_then_taken_from_the_clerk(world):
    parts = header_parts()
    parts["Code"] = parts["Code"].replace("NQ/TU", "TT-BXX")
    parts["DocumentType"] = parts["DocumentType"].replace("Nghị quyết", "Thông tư")
    parts["From"] = parts["From"].replace("Ban Thường vụ Tỉnh ủy", "Hội ABC")
    told = rehearse(read(edxml(parts).encode()), world["QS"], Choices(received_on=RECEIVED))
    assert [p.field for p in told.errors] == ["kind"]  # a stroke before the kind: a body of the State
    made = taken(world, edxml(parts).encode(), kind="HD", issuer_level="state", issuer="Bộ XX").directive
    assert (made.kind, made.issuer_level, made.issuer) == ("HD", "state", "Bộ XX")


def test_the_other_envelope_is_taken_in(world):
    made = taken(world, other_envelope("e")).directive
    assert (made.symbol, made.kind, made.issuer_level) == ("123/UBND-VP", "CV", "state")
    assert not made.needs_plan
    assert Attachment.objects.filter(about=made.identity).count() == 2


# --- files ---


def with_files(*files: str) -> bytes:
    return edxml(files=files, references=()).encode()


def test_files_of_other_kinds_stay_in_the_original_and_are_said(world):
    content = with_files(attachment(), attachment("bang.rar", b"Rar!\x1a\x07", "application/x-rar", "b"))
    told = rehearse(read(content), world["QS"], Choices(received_on=RECEIVED))
    assert told.ok and any("bang.rar" in p.message for p in told.warnings)
    made = taken(world, content).directive
    assert [f.name for f in Attachment.objects.filter(about=made.identity)] == ["nq33.pdf", "nq33.edxml"]


def test_a_word_file_named_otherwise_gets_its_right_name(world):
    content = with_files(attachment("nq33.doc", docx(), "application/msword"))
    made = taken(world, content).directive
    assert Attachment.objects.filter(about=made.identity).first().name == "nq33.docx"


@pytest.mark.parametrize(
    "file",
    [
        attachment("nq33.pdf", b"MZ\x90\0 chuong trinh \0"),
        attachment("nq33.pdf", b"<html>"),
        attachment("nq33.docx", zipped(("word/document.xml", b"\0" * 80_000_000)), "application/msword"),
    ],
    ids=["program", "page", "bomb"],
)
def test_a_file_whose_content_is_not_its_name_refuses_the_whole_message(world, file):
    assert "nq33" in refused(world, with_files(attachment("tot.pdf", cid="t"), file))
    assert not Directive.objects.exists() and not StoredFile.objects.exists() and not orphans()


@pytest.mark.usefixtures("child_process")
def test_a_file_marked_secret_inside_is_refused_before_anything_is_kept(world):
    content = with_files(attachment("nq33.docx", docx("TỐI MẬT"), "application/msword"))
    assert "TỐI MẬT" in refused(world, content)
    assert any("TỐI MẬT" in p.message for p in rehearse(read(content), world["QS"]).errors)
    assert not Directive.objects.exists() and not orphans()
    assert not list(store.kept())


# --- revoke, update, replace ---


def test_a_revocation_marks_the_paper_with_day_and_reason(world):
    paper = taken(world, edxml().encode()).directive
    made = taken(world, business("1", KEY, key="thu-hoi-1"))
    change = DirectiveChange.objects.get()
    assert (change.kind, change.directive, change.by_directive) == ("revoked", paper.identity, None)
    assert "Sai thẩm quyền" in change.reason
    assert change.on == date(2023, 11, 21)
    assert made.directive.pk == paper.pk and made.changed == (paper,)
    assert [m.business_type for m in ReceivedMessage.objects.order_by("id")] == [0, 1]
    assert "không thu hồi lần nữa" in refused(world, business("1", KEY, key="thu-hoi-2", reason="lại"))


def test_an_update_corrects_the_fields_keeps_the_old_row_and_what_rests_on_it(world):
    paper = taken(world, edxml().encode(), issuer="BTV Tỉnh ủy").directive
    add_plan(PlanDraft(paper, "KH", "5-KH/HU", date(2023, 12, 5)), by=None)
    content = business(
        "2", KEY, Subject=line("Subject", "Trích yếu đúng"), DueDate=line("DueDate", "2024/01/31")
    )
    told = rehearse(read(content), world["QS"], Choices(received_on=date(2023, 12, 10)))
    assert {c.field for c in told.changes} == {"subject", "plan_due_on"}
    assert Directive.objects.count() == 1
    made = taken(world, content, received_on=date(2023, 12, 10)).directive
    assert (made.subject, made.plan_due_on) == ("Trích yếu đúng", date(2024, 1, 31))
    assert (made.identity, made.received_on, made.issuer) == (paper.identity, RECEIVED, "BTV Tỉnh ủy")
    assert (made.signer, made.book) == (paper.signer, paper.book)
    paper.refresh_from_db()
    assert paper.voided_at is not None and "Sai thẩm quyền" in paper.void_reason
    assert Plan.objects.get(voided_at=None).directive_id == made.pk
    assert DirectiveChange.objects.get().kind == "updated"
    # Its file is the same and is not attached twice; the second original is.
    assert [f.role for f in Attachment.objects.filter(about=paper.identity)] == [
        "main",
        "original",
        "original",
    ]


def test_an_update_against_what_rests_on_the_paper_is_refused_whole(world):
    paper = taken(world, edxml().encode(), received_on=date(2023, 11, 30)).directive
    add_plan(PlanDraft(paper, "KH", "5-KH/HU", date(2023, 11, 25)), by=None)
    later = header_parts()["PromulgationInfo"].replace("2023/11/20", "2023/11/28")
    content = business("2", KEY, PromulgationInfo=later, DueDate="")
    told = rehearse(read(content), world["QS"], Choices(received_on=date(2023, 12, 1)))
    assert not told.ok
    assert "5-KH/HU" in refused(world, content, received_on=date(2023, 12, 1))
    assert [d.pk for d in standing()] == [paper.pk]
    assert not DirectiveChange.objects.exists()


def test_an_update_that_changes_no_field_is_only_noted(world):
    paper = taken(world, edxml().encode()).directive
    made = taken(world, business("2", KEY))
    assert made.directive.pk == paper.pk and paper.voided_at is None
    assert DirectiveChange.objects.get().kind == "updated"
    assert "đã được tiếp nhận" in refused(world, business("2", KEY))
    taken(world, business("2", KEY, reason="lần hai"))
    assert DirectiveChange.objects.count() == 2


def newer(**changes) -> dict[str, str]:
    parts = header_parts()
    return {"Code": parts["Code"].replace(">33<", ">40<"), **changes}


def test_a_replacement_registers_the_new_paper_and_marks_the_old(world):
    old = taken(world, edxml().encode()).directive
    made = taken(world, business("3", KEY, key="moi", **newer()))
    change = DirectiveChange.objects.get()
    assert made.directive.symbol == "40-NQ/TU"
    assert (change.kind, change.directive, change.by_directive) == (
        "replaced",
        old.identity,
        made.directive.identity,
    )
    assert len(standing()) == 2


def test_a_paper_that_has_ended_is_not_ended_again(world):
    taken(world, edxml().encode())
    taken(world, business("3", KEY, key="moi", **newer()))
    assert "không thu hồi lần nữa" in refused(world, business("1", KEY, key="thu"))
    third = {"Code": header_parts()["Code"].replace(">33<", ">41<")}
    made = taken(world, business("3", KEY, key="moi-2", **third))
    assert (made.directive.symbol, made.changed) == ("41-NQ/TU", ())
    assert DirectiveChange.objects.count() == 1


@pytest.mark.parametrize("kind", ["1", "2", "3"])
def test_an_unknown_paper_is_named_and_offered_as_new(world, kind):
    content = business(kind, "KHONG-CO", key="moi")
    told = refused(world, content)
    assert "KHONG-CO" in told and "Ghi như văn bản mới" in told
    assert not Directive.objects.exists()
    made = taken(world, content, as_new=True)
    assert made.directive.symbol == "33-NQ/TU"
    assert not DirectiveChange.objects.exists()


def test_a_paper_of_another_book_is_not_touched(world):
    taken(world, edxml().encode(), code="PA")
    assert "Không tìm thấy" in refused(world, business("1", KEY, key="x"))


@pytest.mark.parametrize(
    "key", [f"{SENDER},2023/11/20,33-NQ/TU", "X,2023/11/20,33/NQ/TU", "X,2023-11-20,33-nq/tu"]
)
def test_a_paper_entered_by_hand_is_found_by_the_day_and_symbol_in_the_key(world, key):
    draft = DirectiveDraft(
        world["QS"], "NQ", "33-NQ/TU", "Tỉnh ủy", "province", date(2023, 11, 20), "A", RECEIVED
    )
    paper = add_directive(draft, by=None)
    assert taken(world, business("1", key, key="x")).directive.pk == paper.pk


def test_without_keys_a_revocation_finds_the_paper_it_answers(world):
    paper = taken(world, edxml().encode()).directive
    answer = (
        "<edXML:ResponseFor>"
        + line("Code", "33-NQ/TU")
        + line("PromulgationDate", "2023/11/20")
        + "</edXML:ResponseFor>"
    )
    assert taken(world, business("1", key="x", ResponseFor=answer)).directive.pk == paper.pk


# --- out again ---


def test_what_was_taken_in_goes_out_and_comes_in_elsewhere_as_the_same_paper(world):
    paper = taken(world, edxml(references=(reference(),)).encode()).directive
    message = message_of(paper, receivers=[world["PA"]])
    assert (message.sender.organ_id, message.document_id) == (SENDER, KEY)
    assert [to.organ_id for to in message.receivers] == ["PA"]
    content = write(message)
    again = read(content)
    assert again == message
    below = taken(world, content, code="PA").directive
    for name in (
        "kind",
        "symbol",
        "number",
        "issuer",
        "issuer_level",
        "issued_on",
        "subject",
        "signer",
        "plan_due_on",
    ):
        assert getattr(below, name) == getattr(paper, name)
    assert (
        Attachment.objects.filter(about=below.identity, role="main").get().stored.sha256
        == message.attachments[0].sha256
    )
    assert "đã được tiếp nhận" in refused(world, content)


def test_revoking_updating_and_replacing_go_out_as_recorded(world):
    old = taken(world, edxml().encode()).directive
    with pytest.raises(Refused):
        message_of(old, business=Business.REVOKE)
    new = taken(world, business("3", KEY, key="moi", **newer())).directive
    message = message_of(new, business=Business.REPLACE)
    assert (message.document_id, message.document_ids) == ("moi", (KEY,))
    taken(world, edxml().encode(), code="PB")
    below = taken(world, write(message), code="PB")
    assert [d.symbol for d in below.changed] == ["33-NQ/TU"]
    taken(world, business("1", "moi", key="thu"))
    message = message_of(new, business=Business.REVOKE)
    assert message.document_ids == ("moi",) and "Sai thẩm quyền" in message.reason
    assert taken(world, write(message), code="PB").changed[0].symbol == "40-NQ/TU"


def test_an_own_paper_goes_to_those_directly_below_under_the_own_code(world):
    draft = DirectiveDraft(
        world["QS"], "KH", "5-KH/HU", "Huyện ủy", "district", date(2023, 11, 20), "A", RECEIVED
    )
    message = message_of(add_directive(draft, by=None))
    assert (message.sender.organ_id, message.document_id) == ("QS", "QS,2023/11/20,5-KH/HU")
    assert {to.organ_id for to in message.receivers} == {"PA", "PB", "VP"}
    assert read(write(message)) == replace(message)
