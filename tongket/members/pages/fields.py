"""Choosing a member in a form: a box that offers names while one types, without diacritics."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.members.models import Member
from tongket.members.queries import search, visible_to
from tongket.members.standing import spell_on, spells_by_member
from tongket.organisations.models import Organisation
from tongket.ui.forms import SEPARATOR, UserForm
from tongket.ui.gate import gate
from tongket.ui.shell.errors import BadInput

SHOWN = 20
#: What a member may be chosen for: verbs whose duties all may read people's files.
CHOOSING = ("member.read", "member.write", "rating.write", "honour.write", "discipline.write")


class MemberInput(forms.TextInput):
    """A text box with a native list of members, filled by htmx."""

    template_name = "members/member_input.html"

    def __init__(self, verb: str) -> None:
        self.verb = verb
        super().__init__(
            {"autocomplete": "off", "placeholder": gettext_lazy("Họ tên hoặc mã, không cần dấu")}
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tie the box to its list and to the address that fills it."""
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        list_id = f"{own.get('id', name)}_list"
        own |= {
            "list": list_id,
            "hx-get": f"{reverse('members:options')}?verb={self.verb}",
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{list_id}",
        }
        context["widget"]["list_id"] = list_id
        return context


class MemberField(forms.Field):
    """One member for whom the user holds `verb`, written "CODE · name …" or as the code alone."""

    def __init__(self, *, verb: str, **kwargs: Any) -> None:
        self.verb = verb
        self.queryset: QuerySet[Member] = Member.objects.none()
        kwargs.setdefault("label", gettext_lazy("Đảng viên"))
        kwargs.setdefault("widget", MemberInput(verb))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Member | None:
        """The member; one outside the user's scope is "not found" like one that does not exist."""
        if value in (None, "") or isinstance(value, Member):
            return value or None
        text = str(value).strip()
        rows = self.queryset.select_related("organisation")
        found = list(rows.filter(code=text.partition(SEPARATOR)[0].strip())[:1]) or list(
            rows.filter(full_name__iexact=text)[:2]
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("Có nhiều đảng viên tên “%(name)s”: hãy chọn theo mã.") % {"name": text[:80]}
            )
        raise ValidationError(
            _(
                "Không có đảng viên “%(text)s” trong phạm vi của bạn. Gõ vài chữ của tên rồi chọn trong danh sách."
            )
            % {"text": text[:80]}
        )

    def prepare_value(self, value: Any) -> Any:
        """A member as written in the box."""
        if isinstance(value, int):
            value = self.queryset.filter(pk=value).first()
        return f"{value.code}{SEPARATOR}{value.full_name}" if isinstance(value, Member) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what the box shows."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


def offer_members(form: UserForm) -> None:
    """Let the member fields of a form accept the members of its user; call at the end of `__init__`."""
    for field in form.fields.values():
        if isinstance(field, MemberField):
            field.queryset = visible_to(form.user, field.verb)


@gate("organisation.read")
def options(request: HttpRequest) -> HttpResponse:
    """Members for whom the user holds a verb, as options of an input (htmx); at least two letters."""
    verb = request.GET.get("verb", "")
    if verb not in CHOOSING:
        raise BadInput(_("Yêu cầu này không hợp lệ."))
    typed = next((str(value) for name, value in request.GET.items() if name != "verb"), "")
    text = typed.partition(SEPARATOR)[0].strip()
    rows = (
        visible_to(request.user, verb).select_related("organisation")
        if len(text) > 1
        else Member.objects.none()
    )
    return render(request, "members/options.html", {"members": search(rows, text)[:SHOWN]})


def cell_of(member: Member, *days: date | None) -> Organisation | None:
    """The cell whose books a record about a member belongs to: that of the first day on which there is one, else
    the member's last."""
    spells = spells_by_member([member]).get(member.pk, [])
    for day in days:
        spell = spell_on(spells, day, ended_that_day=True) if day else None
        if spell is not None:
            return Organisation.objects.get(pk=spell.organisation_id)
    return member.organisation
