"""A book as a file to keep: canonical JSON that anybody can check without this program."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from tongket.audit.acts import log_reading
from tongket.books.models import FigureBook
from tongket.books.pages.common import asked_book, seen_book
from tongket.books.queries import SeenBook
from tongket.books.standing import standing_of
from tongket.ui.gate import gate

_HOW = (
    "Mã sổ (digest) là SHA-256 của: previous_digest, một dấu xuống dòng (\\n), rồi mục content viết lại thành JSON "
    "chuẩn: khóa xếp theo thứ tự mã ký tự, không khoảng trắng, chữ UTF-8 không mã hóa \\u."
)
_LEFT_OUT = (
    "Số liệu kỷ luật, kiểm tra để ngoài vì người tải không được giao xem hết. Mã sổ vẫn kiểm được: content chỉ chứa mã "
    "của phần đó (content.guarded.digest); riêng phần đó thì không kiểm được bằng tệp này."
)


@gate("book.read")
def book_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole book as JSON; guarded figures only for whoever may read all of them, else named as left out."""
    book = asked_book(request, pk)
    reader = seen_book(request, book)
    log_reading(
        "book.download",
        by=request.user,
        subject=book,
        organisation=book.organisation,
        period=book.period,
        version=book.version,
    )
    name = f"so-so-lieu-{book.organisation.code}-{book.period}-lan-{book.version}.json"
    return HttpResponse(
        json.dumps(file_of(book, reader), ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def file_of(book: FigureBook, reader: SeenBook) -> dict[str, Any]:
    """The file's data."""
    data: dict[str, Any] = {
        "format": "tongket-book-file/1",
        "digest": book.digest,
        "previous_digest": book.previous_digest,
        "how_to_check": _HOW,
        "content": json.loads(bytes(book.content)),
        "signatures": [
            {
                "step": step,
                "name": one.name,
                "at": one.recorded_at.isoformat(),
                "digest": one.digest,
            }
            for step, one in standing_of(book).signed.items()
        ],
    }
    if reader.sees_all:
        return data | {"guarded": json.loads(bytes(book.guarded)), "left_out": []}
    return data | {"guarded": None, "left_out": sorted(reader.content.guards), "left_out_why": _LEFT_OUT}
