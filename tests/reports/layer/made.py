"""A small Word report with its facts inside, and edits as people make them; no database."""

import io
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from tests.reports import fakes
from tests.reports.templates import changed, data, docx
from tongket.reports.layer.word.embed import embed
from tongket.reports.layer.word.seal import sign
from tongket.reports.layer.word.verify import Checked, Verified, verify_word
from tongket.reports.word.render import render

MADE_AT = datetime(2024, 1, 5, 8, 30, tzinfo=UTC)
SENTENCES = (
    "Trong năm, toàn huyện kết nạp {{ so.members.admitted }} đảng viên mới vào Đảng.",
    "Chỉ tiêu được giao đầu năm là {{ so.members.admitted.target }} đồng chí, vượt "
    "{{ so.members.admitted.vs_target_pct }} so với chỉ tiêu.",
    "Tính đến cuối kỳ có tất cả {{ so.members.total }} đảng viên đang sinh hoạt.",
    "Số đảng viên từ mười tám đến ba mươi tuổi là {{ so.members.age.18_30 }} đồng chí trẻ.",
    "Cùng kỳ năm trước đã kết nạp được {{ truoc.members.admitted }} quần chúng ưu tú.",
    "Các cấp ủy trao tặng tổng cộng {{ so.honours.badges }} Huy hiệu Đảng các loại; "
    "riêng loại ba mươi năm có {{ so.honours.badges.30 }} tấm.",
    "Tỷ lệ học tập, quán triệt nghị quyết: {{ so.study.attendance_pct }} trong toàn đảng bộ.",
    "{{ bang.nho }}",
    "Như vậy so với tổng số {{ so.members.total }} đảng viên thì tỷ lệ trẻ hóa còn thấp.",
)


@lru_cache(maxsize=1)
def report() -> bytes:
    """The report of the sentences above, with ten figures in the text and one in a table."""
    sent = data()
    rendered = render(docx(*SENTENCES, header="Tổng số: {{ so.members.total }}"), sent)
    return embed(rendered, fakes.report_facts(), sent, made_at=MADE_AT, sign=sign)


def part_of(content: bytes) -> str:
    """The name of the embedded part."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return next(
            n
            for n in archive.namelist()
            if n.startswith("customXml/item") and b"urn:tongket" in archive.read(n)[:300]
        )


def read_part(content: bytes, name: str) -> bytes:
    """One entry of a package."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def replaced(content: bytes, name: str, new: bytes | None) -> bytes:
    """The package with one entry replaced, or left out."""
    return changed(content, **{name.replace("/", "__").replace(".", "_dot_"): new})


def edited(content: bytes, edit: Callable[[Any], None]) -> bytes:
    """The file after an edit of its body by python-docx."""
    document = Document(io.BytesIO(content))
    edit(document.element.body)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def control_of(body: Any, number: int) -> Any:
    """The content control of a place."""
    for bound in body.iter(qn("w:dataBinding")):
        if f"place[{number}]" in bound.get(qn("w:xpath")):
            return bound.getparent().getparent()
    raise KeyError(number)


def type_into(body: Any, number: int, text: str) -> None:
    """Other text in the control."""
    first, *rest = control_of(body, number).iter(qn("w:t"))
    first.text = text
    for other in rest:
        other.text = ""


def remove_control(body: Any, number: int) -> None:
    """Word's “Remove content control”: the text stays."""
    control = control_of(body, number)
    for run in list(control.find(qn("w:sdtContent"))):
        control.addprevious(run)
    control.getparent().remove(control)


def remove_bookmark(body: Any, number: int) -> None:
    """The bookmark goes, its text stays."""
    start = next(b for b in body.iter(qn("w:bookmarkStart")) if b.get(qn("w:name")) == f"_tk{number}")
    ends = [e for e in body.iter(qn("w:bookmarkEnd")) if e.get(qn("w:id")) == start.get(qn("w:id"))]
    for mark in (start, *ends):
        mark.getparent().remove(mark)


def strip(body: Any, number: int) -> None:
    """Neither control nor bookmark: plain text."""
    remove_control(body, number)
    remove_bookmark(body, number)


def retype(body: Any, number: int, text: str) -> None:
    """The control deleted and another number typed in its place."""
    type_into(body, number, text)
    strip(body, number)


def delete(body: Any, number: int) -> None:
    """The figure is gone with its marks."""
    control = control_of(body, number)
    control.getparent().remove(control)
    remove_bookmark(body, number)


def split_run(body: Any, number: int, text: str = "") -> None:
    """Word cuts a run when it marks spelling or who typed when; the text is the same."""
    run = next(control_of(body, number).iter(qn("w:r")))
    said = next(run.iter(qn("w:t"))).text
    other = deepcopy(run)
    run.set(qn("w:rsidR"), "00AB12CD")
    next(run.iter(qn("w:t"))).text, next(other.iter(qn("w:t"))).text = said[:1], said[1:]
    run.addnext(other)
    proof = etree.SubElement(run.getparent(), qn("w:proofErr"))
    proof.set(qn("w:type"), "spellStart")
    run.addnext(proof)


def by_number(verified: Verified) -> dict[int, Checked]:
    """The places of a file, copies left out."""
    return {row.number: row for row in verified.rows if not row.is_copy}


def checked(content: bytes) -> dict[int, Checked]:
    """What has become of each place."""
    return by_number(verify_word(content))
