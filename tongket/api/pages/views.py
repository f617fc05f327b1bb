"""Which programs may read: the administrator lets them in, gives tokens, takes them back."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.accounts.duties import DUTIES
from tongket.api import acts
from tongket.api.models import ApiClient, ApiToken
from tongket.api.pages.forms import VERB, ClientForm, TokenForm
from tongket.api.queries import manageable_clients
from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import SAFE, gate, get_for_user

_SOON = 14  # days


@gate(VERB, methods=SAFE)
def client_list(request: HttpRequest) -> HttpResponse:
    """The programs in the administrator's scope."""
    clients = manageable_clients(request.user).prefetch_related("tokens", "user__assignments")
    shown = {"title": _("Kết nối phần mềm"), "rows": [_row(client) for client in clients]}
    return render(request, "api/clients.html", shown)


def _row(client: ApiClient) -> dict[str, Any]:
    """A line of the list; `soon` when the last of its tokens runs out within two weeks."""
    tokens = list(client.tokens.all())
    last = max((token.expires_on for token in tokens if _is_standing(token)), default=None)
    return {
        "client": client,
        "duties": [DUTIES.label(one.duty) for one in client.user.assignments.all()],
        "tokens": sum(map(_is_standing, tokens)),
        "given": bool(tokens),
        "until": last,
        "soon": last is not None and last <= today() + timedelta(days=_SOON),
        "used": max((token.last_used_at for token in tokens if token.last_used_at), default=None),
    }


@gate(VERB)
def client_new(request: HttpRequest) -> HttpResponse:
    """Let a program in; its first token is shown this once."""
    form = ClientForm(request.POST or None, user=request.user)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                client, token = acts.let_in(**form.cleaned_data, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            else:
                return _token_page(request, client, token, form.cleaned_data["expires_on"])
        status = 422
    shown = {
        "form": form,
        "title": _("Thêm kết nối phần mềm"),
        "cancel": reverse("programs:list"),
        "submit": _("Lập kết nối"),
    }
    return render(request, "ui/form_page.html", shown, status=status)


@gate(VERB, methods=SAFE)
def client(request: HttpRequest, pk: int) -> HttpResponse:
    """One program: what it may read, its tokens."""
    return _client_page(request, _client(request, pk), TokenForm(user=request.user))


@gate(VERB, methods=("POST",))
def token_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a further token, shown this once."""
    found = _client(request, pk)
    form = TokenForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            _made, token = acts.give_token(found, expires_on=form.cleaned_data["expires_on"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            messages.error(request, str(conflict))
            return redirect("programs:client", pk)
        else:
            return _token_page(request, found, token, form.cleaned_data["expires_on"])
    return _client_page(request, found, form, status=422)


@gate(VERB, methods=("POST",))
def token_revoke(request: HttpRequest, pk: int, token: int) -> HttpResponse:
    """Take a token back."""
    found = get_for_user(ApiToken.objects.filter(client=_client(request, pk)), pk=token)
    acts.revoke_token(found, by=request.user)
    messages.success(request, _("Đã thu hồi mã. Yêu cầu tiếp theo dùng mã này bị từ chối."))
    return redirect("programs:client", pk)


@gate(VERB, methods=("POST",))
def client_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut a program out for good."""
    acts.close(_client(request, pk), by=request.user)
    messages.success(request, _("Đã đóng kết nối: mọi mã bị thu hồi, nhiệm vụ đã thôi giao."))
    return redirect("programs:client", pk)


def _client(request: HttpRequest, pk: int) -> ApiClient:
    return get_for_user(manageable_clients(request.user), pk=pk)


def _is_standing(token: ApiToken) -> bool:
    return token.revoked_at is None and token.expires_on >= today()


def _client_page(request: HttpRequest, found: ApiClient, form: TokenForm, status: int = 200) -> HttpResponse:
    assignments = found.user.assignments.select_related("organisation").order_by("duty")
    shown: dict[str, Any] = {
        "title": found.name,
        "crumbs": [(_("Kết nối phần mềm"), reverse("programs:list")), (found.name, "")],
        "client": found,
        "assignments": [(row.organisation.name, DUTIES.label(row.duty), row.since) for row in assignments],
        "tokens": [(token, _is_standing(token)) for token in found.tokens.all()],
        "form": form,
        "address": _address(request),
    }
    return render(request, "api/client.html", shown, status=status)


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("api:openapi-json")).removesuffix("openapi.json")


def _token_page(request: HttpRequest, found: ApiClient, token: str, until: date) -> HttpResponse:
    # The gate keeps this page out of every cache, so the token is nowhere but on the screen.
    shown = {
        "title": _("Mã truy cập"),
        "client": found,
        "token": token,
        "until": until,
        "address": _address(request),
    }
    return render(request, "api/token.html", shown)
