"""Word files for the tests, built by hand where the library has no words for it."""

import io
import zipfile

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:t>Trong đó kết nạp lại 1 đảng viên.</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
_FOOTNOTE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FOOTNOTE_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def word(*paragraphs: str) -> bytes:
    """A plain Word file."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return _bytes(document)


def rich_word() -> bytes:
    """Runs split within a number, a table, a content control, a header, a footnote, a deleted text."""
    document = Document()
    paragraph = document.add_paragraph("Năm 2023, Đảng bộ huyện kết nạp ")
    paragraph.add_run("8").bold = True
    paragraph.add_run("9 đảng viên mới")
    run = paragraph.add_run()
    sign = OxmlElement("w:footnoteReference")
    sign.set(qn("w:id"), "2")
    run._r.append(sign)
    paragraph.add_run(".")
    gone = OxmlElement("w:del")
    old = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "kết nạp 77 đảng viên"
    old.append(text)
    gone.append(old)
    paragraph._p.append(gone)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Tổng số đảng viên"
    table.cell(0, 1).text = "3.724"
    control = OxmlElement("w:sdt")
    inside = OxmlElement("w:sdtContent")
    boxed = OxmlElement("w:p")
    boxed_run = OxmlElement("w:r")
    boxed_text = OxmlElement("w:t")
    boxed_text.text = "Trao Huy hiệu Đảng cho 158 đảng viên."
    boxed_run.append(boxed_text)
    boxed.append(boxed_run)
    inside.append(boxed)
    control.append(inside)
    document.element.body.insert(1, control)
    document.sections[0].header.paragraphs[0].text = "Số 12-BC/HU"
    return _with_footnotes(_bytes(document))


def repacked(content: bytes, *, drop: str = "", add: dict[str, bytes] | None = None) -> bytes:
    """The package without one of its parts, or with more."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != drop:
                new.writestr(entry.filename, old.read(entry.filename))
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return made.getvalue()


def _with_footnotes(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        types = old.read("[Content_Types].xml").decode()
        links = old.read("word/_rels/document.xml.rels").decode()
    types = types.replace(
        "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{_FOOTNOTE_TYPE}"/></Types>'
    )
    links = links.replace(
        "</Relationships>",
        f'<Relationship Id="rId901" Type="{_FOOTNOTE_LINK}" Target="footnotes.xml"/></Relationships>',
    )
    bare = repacked(repacked(content, drop="[Content_Types].xml"), drop="word/_rels/document.xml.rels")
    return repacked(
        bare,
        add={
            "[Content_Types].xml": types.encode(),
            "word/_rels/document.xml.rels": links.encode(),
            "word/footnotes.xml": FOOTNOTES.encode(),
        },
    )


def _bytes(document: object) -> bytes:
    made = io.BytesIO()
    document.save(made)  # type: ignore[attr-defined]
    return made.getvalue()
