"""Accounts for the administrator: make users, give and take duties, close accounts, new one-time passwords."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.accounts import acts
from tongket.accounts.duties import DUTIES
from tongket.accounts.models import Assignment, User
from tongket.core.problems import Refused
from tongket.organisations.queries import visible_to
from tongket.ui.forms import DateField, OrganisationField, UserForm, problems_to_form
from tongket.ui.gate import SAFE, gate, get_for_user
from tongket.ui.lists import Filters, ListPage, SearchFilter, list_response
from tongket.ui.shell.errors import Forbidden
from tongket.ui.tables import Column, MomentColumn, NumberColumn, Table

VERB = "account.write"


def manageable(user: Any) -> QuerySet[User]:
    """The users an administrator may change: all whose duties lie wholly in the administrator's scope.

    A duty outside it would let a lower administrator take over a higher account by a new password. The accounts of
    programs have pages of their own and never a password.
    """
    seen = visible_to(user, VERB)
    elsewhere = Assignment.objects.exclude(organisation__in=seen)
    users = User.objects.filter(api_client__isnull=True).exclude(assignments__in=elsewhere)
    if not seen.filter(parent__isnull=True).exists():
        users = users.filter(assignments__organisation__in=seen)
    return users.distinct()


class UserTable(Table):
    """One row a user."""

    username = Column(verbose_name=gettext_lazy("Tên đăng nhập"))
    full_name = Column(verbose_name=gettext_lazy("Họ và tên"))
    duties = NumberColumn(verbose_name=gettext_lazy("Số nhiệm vụ"), orderable=False)
    is_active = Column(verbose_name=gettext_lazy("Tình trạng"))
    last_login = MomentColumn(verbose_name=gettext_lazy("Đăng nhập lần cuối"))

    class Meta(Table.Meta):
        model = User
        fields = ("username", "full_name", "duties", "is_active", "last_login")
        order_by = ("username",)

    def render_username(self, value: str, record: User) -> str:
        """The name as a link to the account."""
        return format_html('<a href="{}">{}</a>', reverse("web:account", args=[record.pk]), value)

    def value_username(self, value: str) -> str:
        """The name for the workbook."""
        return value

    def render_is_active(self, value: bool) -> str:
        """Open or closed."""
        return format_html(
            '<span class="tag {}">{}</span>',
            "good" if value else "bad",
            _("Đang mở") if value else _("Đã khóa"),
        )

    def value_is_active(self, value: bool) -> str:
        """The same for the workbook."""
        return _("Đang mở") if value else _("Đã khóa")


class UserFilters(Filters):
    """By name."""

    q = SearchFilter("username", "full_name", label=gettext_lazy("Tìm theo tên"))

    class Meta:
        model = User
        fields = ("q",)


class DutyForm(UserForm):
    """A duty at an organisation from a day on."""

    organisation = OrganisationField(verb=VERB, label=gettext_lazy("Tổ chức"))
    duty = forms.ChoiceField(label=gettext_lazy("Nhiệm vụ"), choices=[("", "—"), *DUTIES.choices])
    since = DateField(label=gettext_lazy("Từ ngày"), initial=timezone.localdate)


class NewUserForm(DutyForm):
    """A new user with a first duty."""

    username = forms.CharField(label=gettext_lazy("Tên đăng nhập"), max_length=150)
    full_name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        help_text=gettext_lazy("Nơi nhận thư nhắc việc; để trống thì không gửi."),
    )
    field_order = ("username", "full_name", "email", "organisation", "duty", "since")

    def clean_username(self) -> str:
        """A name without spaces, as it will be typed at every login."""
        name: str = self.cleaned_data["username"].strip()
        User.username_validator(name)
        return name


@gate(VERB, methods=SAFE)
def account_list(request: HttpRequest) -> HttpResponse:
    """The users in the administrator's scope."""
    users = manageable(request.user).annotate(duties=Count("assignments"))
    return list_response(
        request,
        ListPage(
            title=_("Người dùng"),
            lead=_("Mỗi người một tài khoản; nhiệm vụ quyết định xem và làm được gì, ở tổ chức nào."),
            queryset=users,
            table=UserTable,
            filters=UserFilters,
            actions=((_("Thêm người dùng"), reverse("web:account_new"), "person-plus"),),
        ),
    )


@gate(VERB)
def account_new(request: HttpRequest) -> HttpResponse:
    """Make a user with a one-time password and a first duty."""
    form = NewUserForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made, password = acts.create_user(
                said["username"], full_name=said["full_name"], email=said["email"], by=request.user
            )
            acts.assign(made, said["organisation"], said["duty"], since=said["since"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            return _password_page(request, made, password)
    shown = {
        "form": form,
        "title": _("Thêm người dùng"),
        "cancel": reverse("web:accounts"),
        "submit": _("Tạo tài khoản"),
    }
    return render(request, "ui/form_page.html", shown)


@gate(VERB, methods=SAFE)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its duties and what can be done with it."""
    user = get_for_user(manageable(request.user), pk=pk)
    return _account_page(request, user, DutyForm(user=request.user))


@gate(VERB, methods=("POST",))
def account_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a duty."""
    user = get_for_user(manageable(request.user), pk=pk)
    form = DutyForm(request.POST, user=request.user)
    if form.is_valid():
        said = form.cleaned_data
        try:
            acts.assign(user, said["organisation"], said["duty"], since=said["since"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã giao nhiệm vụ. Có hiệu lực ngay."))
            return redirect("web:account", pk)
    return _account_page(request, user, form)


@gate(VERB, methods=("POST",))
def account_revoke(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """Take a duty away, at once."""
    user = get_for_user(manageable(request.user), pk=pk)
    row = get_for_user(Assignment.objects.filter(user=user), pk=assignment)
    if row.user_id == request.user.pk and row.duty == "administrator":
        raise Forbidden(_("Không thể tự bỏ nhiệm vụ quản trị của mình: hãy nhờ một người quản trị khác."))
    acts.revoke(row, by=request.user)
    messages.success(request, _("Đã thôi giao nhiệm vụ. Có hiệu lực ngay."))
    return redirect("web:account", pk)


@gate(VERB, methods=("POST",))
def account_email(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where the user's letters about what is due go."""
    user = get_for_user(manageable(request.user), pk=pk)
    try:
        acts.set_email(user, request.POST.get("email", ""), by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(problem.message for problem in refused.problems))
    else:
        messages.success(request, _("Đã ghi địa chỉ thư điện tử."))
    return redirect("web:account", pk)


@gate(VERB, methods=("POST",))
def account_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open a closed one."""
    user = get_for_user(manageable(request.user), pk=pk)
    if user.pk == request.user.pk:
        raise Forbidden(_("Không thể tự khóa tài khoản của mình."))
    acts.set_active(user, not user.is_active, by=request.user)
    messages.success(request, _("Đã mở lại tài khoản.") if user.is_active else _("Đã khóa tài khoản."))
    return redirect("web:account", pk)


@gate(VERB, methods=("POST",))
def account_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new one-time password, shown once."""
    user = get_for_user(manageable(request.user), pk=pk)
    return _password_page(request, user, acts.reset_password(user, by=request.user))


def _account_page(request: HttpRequest, user: User, form: DutyForm) -> HttpResponse:
    shown = {
        "account": user,
        "title": user.full_name or user.username,
        "crumbs": [(_("Người dùng"), reverse("web:accounts")), (user.username, "")],
        "assignments": user.assignments.select_related("organisation").order_by(
            "organisation__position", "duty"
        ),
        "duties": DUTIES,
        "form": form,
    }
    return render(request, "web/account.html", shown)


def _password_page(request: HttpRequest, user: User, password: str) -> HttpResponse:
    return render(request, "web/account_password.html", {"account": user, "password": password})
