"""Any table file that an office has: told apart by its first bytes; the name decides only whether text is a table."""

from pathlib import PurePath

from tongket.intake.door import package
from tongket.intake.door.delimited import read_text
from tongket.intake.door.ods import read_ods
from tongket.intake.door.old import read_xls
from tongket.intake.door.page import MAX_FILE, BadWorkbook, Page
from tongket.intake.door.xlsx import read_xlsx

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT = (".csv", ".tsv", ".txt")


def check_name(file_name: str) -> None:
    """Refuse by its name what is no table. Raises `BadWorkbook`."""
    if PurePath(file_name).suffix.lower() not in ENDINGS:
        raise BadWorkbook(
            f"Tệp “{PurePath(file_name).name[:80]}” không phải là bảng tính (.xlsx, .xls, .ods, .csv). "
            "Trong Excel hãy chọn Lưu thành → Excel Workbook (.xlsx) rồi tải lên lại."
        )


def open_workbook(content: bytes, file_name: str = "") -> list[Page]:
    """The visible and hidden sheets of a file. Raises `BadWorkbook`, saying what is wrong and what to do."""
    if not content:
        raise BadWorkbook("Tệp trống.")
    if len(content) > MAX_FILE:
        raise BadWorkbook(f"Tệp lớn hơn {MAX_FILE // 1024**2} MB. Hãy chia thành nhiều tệp.")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise BadWorkbook("Tệp đặt mật khẩu. Hãy bỏ mật khẩu, lưu thành .xlsx rồi tải lên lại.")
        return read_xls(content)
    if content.startswith(b"PK"):
        return read_ods(content) if "content.xml" in package.sizes(content) else read_xlsx(content)
    if PurePath(file_name).suffix.lower() in _TEXT:
        return read_text(content, PurePath(file_name).stem[:80])
    if _looks_old(content, file_name):
        return read_text(content, PurePath(file_name).stem[:80])
    raise BadWorkbook("Tệp không phải là bảng tính Excel (.xlsx). Hãy chọn đúng tệp.")


def _looks_old(content: bytes, file_name: str) -> bool:
    """Other systems export text with tabs under the name .xls; Excel opens it, so an office calls it a workbook."""
    return PurePath(file_name).suffix.lower() == ".xls" and b"\t" in content
