"""The chosen members in the layouts of other systems. They hold identity numbers: each export is logged."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.acts import log_reading
from tongket.core.numbers import format_number
from tongket.core.text import tidy
from tongket.members.exporting.layout_books import national_workbook, short_workbook
from tongket.members.exporting.own_list import OWN, own_workbook
from tongket.members.exporting.people import known_of
from tongket.members.fields import RESTRICTED
from tongket.members.layouts import NATIONAL, SHORT, LayoutColumn
from tongket.members.pages.register import chosen_members
from tongket.ui.context import view_context
from tongket.ui.gate import gate
from tongket.ui.lists import workbook_response
from tongket.ui.shell.errors import BadInput

#: Thirty-one columns of more people than this make a file that an office's machine does not open.
MOST = 50_000


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout to choose: what it is called, what is said of it, its columns, what writes it."""

    key: str
    name: Any
    told: Any
    columns: tuple[LayoutColumn, ...]
    write: Any

    @property
    def restricted(self) -> tuple[str, ...]:
        """The restricted fields that it holds."""
        return tuple(column.field for column in self.columns if column.field in RESTRICTED)


LAYOUTS = {
    one.key: one
    for one in (
        Layout(
            "4.0",
            gettext_lazy("Tệp nhập liệu 4.0 (31 cột)"),
            gettext_lazy(
                "Tiêu đề hai hàng, dữ liệu từ hàng 8, có các trang danh mục ẩn; để nhập vào hệ thống khác. Theo một "
                "tệp đang lưu hành; chưa xác nhận là mẫu chính thức."
            ),
            NATIONAL,
            national_workbook,
        ),
        Layout(
            "9-cot",
            gettext_lazy("Danh sách 9 cột"),
            gettext_lazy(
                "Danh sách gọn: số thẻ, số CCCD, ngày sinh, ngày kết nạp, chi bộ, trạng thái. Theo một tệp đang lưu "
                "hành; chưa xác nhận là mẫu chính thức."
            ),
            SHORT,
            short_workbook,
        ),
        Layout(
            "mau-nhap",
            gettext_lazy("Mẫu nhập của phần mềm"),
            gettext_lazy(
                "Mọi mục của hồ sơ, cùng tiêu đề với mẫu nhập danh sách đảng viên: sửa hàng loạt rồi nhập lại (ghi "
                "thêm ngày có hiệu lực), hoặc đưa sang một sổ khác. Việc kết nạp, chuyển sinh hoạt đi theo mẫu Biến "
                "động."
            ),
            OWN,
            own_workbook,
        ),
    )
}


@gate("member.sensitive")
def export(request: HttpRequest) -> HttpResponse:
    """Choose a layout for the members of the list; POST gives the workbook and logs what left."""
    view = view_context(request, "member.sensitive")
    rows, said = chosen_members(request, view, "member.sensitive")
    reason = tidy(request.POST.get("ly_do", ""))[:200]
    if request.method == "POST" and reason:
        return _file(request, view, rows, said, reason)
    shown = {
        "title": _("Xuất theo mẫu"),
        "crumbs": [(_("Đảng viên"), reverse("members:list")), (_("Xuất theo mẫu"), "")],
        "view": view,
        "count": rows.count(),
        "said": said,
        "layouts": LAYOUTS.values(),
        "without_reason": request.method == "POST",
    }
    return render(request, "members/export.html", shown, status=422 if request.method == "POST" else 200)


def _file(request: HttpRequest, view: Any, rows: Any, said: str, reason: str) -> HttpResponse:
    """The workbook. It bears who took it out and why: a list that turns up elsewhere says where it came from."""
    layout = LAYOUTS.get(request.POST.get("mau", ""))
    if layout is None:
        raise BadInput(
            _("Hãy chọn một trong ba mẫu: tệp nhập liệu 4.0, danh sách 9 cột hoặc mẫu nhập của phần mềm.")
        )
    if rows.count() > MOST:
        raise BadInput(
            _(
                "Quá %(most)s người không vừa một tệp Excel mở được. Hãy quay lại danh sách và chọn một đơn vị."
            )
            % {"most": format_number(MOST)}
        )
    people = list(known_of(rows))
    log_reading(
        "member.export",
        by=request.user,
        subject=view.organisation,
        organisation=view.organisation,
        rows=len(people),
        layout=layout.key,
        chosen={name: value for name, value in request.GET.items() if name != "q" and value},
        fields=sorted(layout.restricted),
        reason=reason,
    )
    title = _("Danh sách thông tin đảng viên %(name)s") % {"name": view.organisation.name}
    taken = _("%(count)s người; người xuất: %(who)s; lý do: %(why)s") % {
        "count": len(people),
        "who": str(request.user),
        "why": reason,
    }
    content = layout.write(people, title=title, chosen="; ".join(part for part in (said, taken) if part))
    return workbook_response(content, f"{title} {layout.key}")
