"""Reading edXML: by name whatever the variant; hostile and secret files refused with their remedy."""

import base64
import hashlib
from datetime import date, datetime

import pytest

from tests.intake.edxml import samples
from tests.intake.edxml.samples import (
    KEY,
    PDF,
    SENDER,
    attachment,
    docx,
    edxml,
    group,
    header_parts,
    line,
    other_envelope,
    reference,
    trace,
    zipped,
)
from tongket.intake.edxml.message import VIETNAM, BadMessage, Business, Hop, Signer
from tongket.intake.edxml.read import moment, read


def said(content: bytes) -> str:
    """What a refused file is told."""
    with pytest.raises(BadMessage) as caught:
        read(content)
    return " ".join(problem.message for problem in caught.value.problems)


def test_every_field_of_a_whole_message_is_read():
    content = edxml().encode()
    message = read(content)
    assert (message.sender.organ_id, message.sender.name) == (SENDER, "Ban Thường vụ Tỉnh ủy")
    assert message.sender.email == "vptu@vi.du"
    assert [to.organ_id for to in message.receivers] == ["QS"]
    assert (message.document_id, message.number, message.notation) == (KEY, "33", "NQ/TU")
    assert (message.place, message.issued_on) == ("Tam Kỳ", date(2023, 11, 20))
    assert (message.type_code, message.type_detail, message.type_name) == ("18", "0", "Nghị quyết")
    assert (message.subject, message.content) == ("Về chuyển đổi số & cải cách", "Tóm tắt")
    assert message.signer == Signer("TM. BAN THƯỜNG VỤ", "Bí thư", "Nguyễn Văn Mẫu")
    assert (message.due_on, message.priority) == (date(2023, 12, 31), 2)
    assert message.to_places == ("Như trên", "Lưu VPTU")
    assert message.trace[0] == Hop(SENDER, datetime(2023, 11, 21, 8, 15, tzinfo=VIETNAM))
    assert len(message.trace) == 2
    assert message.business is Business.NEW
    [file] = message.attachments
    assert (file.name, file.content_type, file.content) == ("nq33.pdf", "application/pdf", PDF)
    assert file.description == "Toàn văn"
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert message.sha256 == hashlib.sha256(content).hexdigest()
    assert message.warnings == ()


def test_the_order_of_elements_does_not_matter():
    whole = read(edxml().encode())
    names = list(header_parts())
    assert read(edxml(order=names[::-1]).encode()) == whole
    assert read(edxml(order=[*names[3:], *names[:3]]).encode()) == whole


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"1212" + text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\r\n\r\n " + text.encode(),
        lambda text: text.replace('<?xml version="1.0" encoding="UTF-8"?>', "").encode(),
        lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16-be"),
        lambda text: text.replace("UTF-8", "utf-16").encode("utf-16-le"),
        lambda text: text.replace("edXML:", "ns2:").replace("xmlns:edXML", "xmlns:ns2").encode(),
        lambda text: text.replace(samples.NS, "urn:khac").encode(),
        lambda text: text.replace("><", ">\r\n\t<").encode(),
        lambda text: text.replace("edXML:DocumentId", "edXML:documentid").encode(),
    ],
    ids=[
        "junk",
        "bom",
        "blank",
        "bare",
        "utf16",
        "utf16be",
        "utf16le",
        "prefix",
        "namespace",
        "indent",
        "case",
    ],
)
def test_the_variants_of_senders_read_as_the_same_message(change):
    assert read(change(edxml())) == read(edxml().encode())


def test_without_prefix_the_message_is_the_same():
    assert read(edxml(prefix="").encode()) == read(edxml().encode())


@pytest.mark.parametrize("prefix", ["", "e"])
def test_the_other_envelope_is_read_with_its_inline_files(prefix):
    message = read(other_envelope(prefix))
    assert (message.sender.organ_id, message.sender.name) == ("H37.DN.001", "UBND tỉnh Mẫu")
    assert message.document_id == "ab535a99-cb2a-404f-8fe8-a762bf4010cc"
    assert (message.number, message.notation) == ("123/UBND-VP", "UBND-VP")
    assert (message.issued_on, message.type_name) == (date(2023, 5, 20), "Công văn")
    assert message.signer.name == "Trần Thị Ví Dụ"
    assert message.trace == (Hop("H37", datetime(2023, 5, 20, 15, 0, tzinfo=VIETNAM)),)
    assert [(file.name, file.content) for file in message.attachments] == [("cv123.pdf", PDF)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023/11/20", date(2023, 11, 20)),
        ("2023-11-20", date(2023, 11, 20)),
        ("20/11/2023", date(2023, 11, 20)),
        ("2023/1/5", date(2023, 1, 5)),
        ("2023-11-20T00:00:00+07:00", date(2023, 11, 20)),
        ("2023-11-19T20:00:00Z", date(2023, 11, 20)),
        ("2023/11/20 08:15:00", date(2023, 11, 20)),
        ("20231120", date(2023, 11, 20)),
        ("20/11/2023 8:05", date(2023, 11, 20)),
        ("2023/11/20 nonsense", date(2023, 11, 20)),
        ("2023/02/30", None),
        ("hôm qua", None),
        ("0001/01/01", None),
        ("9999/12/31", None),
        ("２０２３/11/20", None),
    ],
)
def test_days_in_all_writings_met(written, day):
    found = moment(written)
    assert (found.date() if found else None) == day


@pytest.mark.parametrize(
    "data",
    [
        base64.b64encode(PDF).decode(),
        "base64," + base64.b64encode(PDF).decode(),
        "data:application/pdf;base64," + base64.b64encode(PDF).decode(),
        "\n  " + base64.encodebytes(PDF).decode().replace("\n", "\r\n") + "  ",
        base64.b64encode(PDF).decode().rstrip("="),
    ],
    ids=["plain", "prefix", "data", "lines", "unpadded"],
)
def test_base64_in_all_writings_met(data):
    assert read(edxml(files=(attachment(data=data),)).encode()).attachments[0].content == PDF


@pytest.mark.parametrize(("in_manifest", "in_file"), [("cid:a1", "a1"), ("a1", "cid:a1"), ("CID:a1", "a1")])
def test_a_file_finds_its_line_of_the_manifest_with_or_without_cid(in_manifest, in_file):
    file = group(
        "Attachment",
        line("ContentId", in_file),
        line("ContentTransferEncoded", base64.b64encode(PDF).decode()),
    )
    [found] = read(edxml(files=(file,), references=(reference(cid=in_manifest),)).encode()).attachments
    assert (found.name, found.content_type, found.content) == ("nq33.pdf", "application/pdf", PDF)


def test_a_file_listed_without_content_is_said_and_does_not_stop_the_paper():
    message = read(edxml(references=(reference(), reference("phu-luc.pdf", cid="cid:a2"))).encode())
    assert len(message.attachments) == 1
    assert "phu-luc.pdf" in message.warnings[0].message


def test_broken_base64_names_the_file():
    assert "nq33.pdf" in said(edxml(files=(attachment(data="%%%%"),)).encode())


# --- a ZIP around a file ---


def test_a_zip_with_one_entry_under_another_name_is_taken_apart():
    file = attachment("nq33.pdf", zipped(("../../etc/khac.pdf", PDF)), "application/zip")
    [found] = read(edxml(files=(file,)).encode()).attachments
    assert (found.name, found.content) == ("nq33.pdf", PDF)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("nq33.docx", "application/zip"),
        ("nq33.docx", "application/vnd.openxmlformats"),
        ("nq33.doc", "application/zip"),
    ],
)
def test_a_word_file_is_never_taken_apart(name, kind):
    content = docx()
    assert read(edxml(files=(attachment(name, content, kind),)).encode()).attachments[0].content == content


@pytest.mark.parametrize(("name", "kind"), [("nq33.zip", "application/zip"), ("nq33.pdf", "application/pdf")])
def test_a_zip_that_says_so_and_a_file_that_does_not_say_zip_stay_as_they_are(name, kind):
    content = zipped(("a.pdf", PDF))
    assert read(edxml(files=(attachment(name, content, kind),)).encode()).attachments[0].content == content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped(("a.pdf", b"\0" * 30_000_000)), "phình to"),
        (zipped(("a.pdf", PDF), ("b.pdf", PDF)), "chứa 2 tệp"),
        (zipped(), "chứa 0 tệp"),
        (zipped(("a.pdf", PDF))[:-30], "hỏng"),
    ],
    ids=["bomb", "two", "none", "cut"],
)
def test_a_bad_zip_is_refused_by_name(content, words):
    told = said(edxml(files=(attachment("nq33.pdf", content, "application/zip"),)).encode())
    assert words in told
    assert "nq33.pdf" in told


def test_a_zip_that_lies_about_its_size_is_refused():
    packed = zipped(("a.pdf", b"\0" * 3_000_000))
    lying = packed.replace((3_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != packed
    assert "nq33.pdf" in said(edxml(files=(attachment("nq33.pdf", lying, "application/zip"),)).encode())


# --- business ---


def test_revoking_updating_and_replacing_name_their_papers():
    revoke = read(samples.business("1", KEY))
    assert (revoke.business, revoke.document_ids, revoke.reason) == (
        Business.REVOKE,
        (KEY,),
        "Sai thẩm quyền",
    )
    update = read(samples.business("2", KEY, KEY))
    assert (update.business, update.document_ids) == (Business.UPDATE, (KEY,))
    replace = read(samples.business("3", "a", "b", key="moi"))
    assert (replace.business, replace.document_ids) == (Business.REPLACE, ("a", "b"))


def test_what_a_paper_answers_is_read():
    answer = group(
        "ResponseFor",
        line("OrganId", "QS"),
        line("Code", "12/CV-HU"),
        line("PromulgationDate", "2023/10/01"),
        line("DocumentId", "QS,2023/10/01,12/CV-HU"),
    )
    [found] = read(edxml(header_parts(ResponseFor=answer)).encode()).response_for
    assert (found.organ_id, found.code, found.on) == ("QS", "12/CV-HU", date(2023, 10, 1))


@pytest.mark.parametrize("kind", ["4", "-1", "x", "99999999999999999999", "1_0"])
def test_an_unknown_kind_of_business_is_refused(kind):
    assert "nghiệp vụ" in said(edxml(course=trace(kind)).encode())


def test_an_odd_deadline_is_left_out_and_said():
    message = read(edxml(header_parts(DueDate=line("DueDate", "cuối năm"))).encode())
    assert message.due_on is None
    assert "cuối năm" in message.warnings[0].message


# --- what is missing ---


def test_everything_missing_is_said_at_once():
    with pytest.raises(BadMessage) as caught:
        read(edxml(dict.fromkeys(header_parts(), "")).encode())
    assert {p.field for p in caught.value.problems} == {
        "sender",
        "document_id",
        "symbol",
        "subject",
        "issued_on",
    }


def test_a_status_file_and_other_xml_are_told_apart():
    status = header_parts() | {"StatusCode": line("StatusCode", "03")}
    assert "trạng thái" in said(edxml(status).encode())
    assert "không phải edXML" in said(b"<html><body/></html>")
    assert "MessageHeader" in said(b"<edXML/>")
    assert said(b"") and said(b"PK\x03\x04") and said(b"<edXML><a></edXML>")


# --- secrets ---


@pytest.mark.parametrize(
    "content",
    [
        edxml(header_parts(Subject=line("Subject", text)))
        for text in (
            "(MẬT) Về việc A",
            "MẬT: về việc A",
            "Về việc A - Tối mật",
            "Báo cáo TUYỆT MẬT về A",
            "Độ mật: Mật. Về A",
        )
    ]
    + [
        edxml(header_parts(Content=line("Content", "Văn bản [MẬT]"))),
        edxml(files=(attachment("bao-cao (MẬT).pdf"),)),
        edxml(files=(attachment("MẬT.pdf"),)),
        edxml(references=(reference().replace("Toàn văn", "Phụ lục (tối mật)"),)),
        edxml(extra=line("SecurityLevel", "1")),
        edxml(extra=line("DoMat", "Mật")),
        edxml(header_parts(OtherInfo=group("OtherInfo", line("Secret", "MAT")))),
        edxml().replace('Manifest version="1.0"', 'Manifest version="1.0" secrecy="mật"'),
    ],
)
def test_a_secret_paper_is_refused_with_what_to_do(content):
    assert "văn bản mật không được lưu" in said(content.encode())


@pytest.mark.parametrize(
    "subject",
    [
        "Về công tác bảo vệ bí mật nhà nước",
        "VỀ TĂNG CƯỜNG BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Về an toàn, bảo mật thông tin",
        "Phát triển nghề nuôi ong lấy mật",
        "Quy định độ mật của tài liệu, vật mang bí mật",
    ],
)
def test_a_paper_that_speaks_of_secrets_is_not_secret(subject):
    assert read(edxml(header_parts(Subject=line("Subject", subject))).encode()).subject == subject


def test_a_field_that_says_not_secret_is_no_obstacle():
    assert read(edxml(extra=line("SecurityLevel", "0") + line("DoMat", "Thường")).encode())


def test_a_signature_is_noted_and_not_judged():
    signature = group(
        "Signature", group("SignedInfo", line("SecurityTokenReference", "x")), line("SignatureValue", "YQ==")
    )
    assert read(edxml(extra=signature).encode()).signed
    assert not read(edxml().encode()).signed
