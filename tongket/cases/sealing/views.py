"""Pages of sealing: sealed and unsealed with a reason, who is named and who no longer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.cases.models import SealedAccess
from tongket.cases.pages.common import WRITE, act_page, own_case
from tongket.cases.queries import may_be_named
from tongket.cases.sealing.acts import grant, revoke, seal_case, unseal_case
from tongket.cases.sealing.forms import NameForm, SealForm
from tongket.ui.gate import gate, get_for_user


@gate(WRITE)
def seal(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Seal a case, or open a sealed one."""
    case = own_case(request, identity)
    form = SealForm(request.POST or None, user=request.user)
    act = unseal_case if case.sealed else seal_case
    return act_page(
        request,
        case,
        form,
        _("Bỏ niêm phong") if case.sealed else _("Niêm phong vụ việc"),
        do=lambda: act(case, reason=form.cleaned_data["reason"], by=request.user),
        done=_("Đã bỏ niêm phong.") if case.sealed else _("Đã niêm phong; bạn được nêu tên đầu tiên."),
        lead=_("Mọi người giữ nhiệm vụ kiểm tra sẽ đọc được vụ việc này.")
        if case.sealed
        else _(
            "Từ nay chỉ người được nêu tên đọc được vụ việc và quyết định kỷ luật; người khác chỉ thấy số lượng. "
            "Việc ra khỏi danh sách, thôi chức vụ, đình chỉ vẫn hiện trong sổ đảng viên, không kèm lý do."
        ),
    )


@gate(WRITE)
def name(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Name somebody who holds the duty."""
    case = own_case(request, identity)
    form = NameForm(request.POST or None, user=request.user, users=may_be_named(case))
    return act_page(
        request,
        case,
        form,
        _("Nêu tên người được xem"),
        do=lambda: grant(case, form.cleaned_data["user"], by=request.user),
        done=_("Đã nêu tên; người này đọc được vụ việc từ bây giờ."),
        lead=_("Chỉ người đang giữ nhiệm vụ được xem kỷ luật ở tổ chức này."),
    )


@gate(WRITE)
def unname(request: HttpRequest, identity: UUID, pk: int) -> HttpResponse:
    """Take somebody's name off."""
    case = own_case(request, identity)
    rows = SealedAccess.objects.filter(case_identity=case.identity, voided_at__isnull=True)
    access = get_for_user(rows.select_related("user"), pk=pk)
    form = SealForm(request.POST or None, user=request.user)
    return act_page(
        request,
        case,
        form,
        _("Thôi cho xem"),
        do=lambda: revoke(case, access, reason=form.cleaned_data["reason"], by=request.user),
        done=_("Đã thôi cho xem."),
        lead=str(access.user),
        # Who takes off the own name does not read the case any more.
        then=reverse("cases:list") if access.user_id == request.user.pk else "",
    )
