"""The sheets for checking by hand, one printed page a cell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.dates import today
from tongket.members.exporting.check_sheets import CHECKED, check_sheets
from tongket.members.exporting.people import known_of
from tongket.members.pages.register import chosen_members
from tongket.ui.context import view_context
from tongket.ui.gate import gate

#: More people than this make no page that a browser prints; the page then asks to choose a part.
MOST = 5_000


@gate("member.read")
def check_pages(request: HttpRequest) -> HttpResponse:
    """The members of the list as sheets to tick and correct; what leaves on paper is logged."""
    view = view_context(request, "member.read")
    rows, said = chosen_members(request, view)
    count = rows.count()
    sheets = check_sheets(known_of(rows)) if count <= MOST else []
    if sheets:
        log_reading(
            "member.export",
            by=request.user,
            subject=view.organisation,
            organisation=view.organisation,
            rows=count,
            layout="ra-soat",
            chosen={name: value for name, value in request.GET.items() if name != "q" and value},
        )
    shown = {
        "title": _("Phiếu rà soát"),
        "crumbs": [(_("Đảng viên"), reverse("members:list")), (_("Phiếu rà soát"), "")],
        "view": view,
        "said": said,
        "count": count,
        "most": MOST,
        "heads": [head for _name, head in CHECKED],
        "sheets": sheets,
        "on": today(),
    }
    return render(request, "members/check_sheets.html", shown)
