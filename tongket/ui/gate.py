"""The permission gate in front of every view, and the one way to fetch a record that a user may see.

``@gate("member.read")`` asks for a login and for the verb (`accounts.duties`) on at least one organisation; which
organisations it is held for is then in every query, by `visible_to`. A test walks all URLs and fails on one that has
neither a gate nor an entry in `DECLARED`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tongket.accounts.duties import RIGHTS, duties_with
from tongket.accounts.models import Assignment
from tongket.core.dates import BadDate
from tongket.core.periods import BadPeriod
from tongket.core.problems import NotFound, Refused
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import assignments_of
from tongket.ui.page_tables import EXPORT, TABLES, tables_of_page
from tongket.ui.shell.errors import BadInput, Forbidden, Missing

View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)

SAFE = ("GET", "HEAD")

#: Names of URLs that other packages bring, with the reason why they carry no gate of ours.
DECLARED: Mapping[str, str] = {
    "account_login": "public: the way in",
    "account_logout": "own session only",
    "account_inactive": "public: says that the account is closed",
    "account_reauthenticate": "own account only, asks for the password",
    "account_change_password": "own account only",
    "mfa_index": "own account only",
    "mfa_authenticate": "public: second step of the way in",
    "mfa_reauthenticate": "own account only",
    "mfa_activate_totp": "own account only",
    "mfa_deactivate_totp": "own account only",
    "mfa_view_recovery_codes": "own account only",
    "mfa_generate_recovery_codes": "own account only",
    "mfa_download_recovery_codes": "own account only",
    "mfa_list_webauthn": "own account only",
    "mfa_add_webauthn": "own account only",
    "mfa_remove_webauthn": "own account only",
    "mfa_edit_webauthn": "own account only",
    "mfa_reauthenticate_webauthn": "own account only",
    "mfa_login_webauthn": "public: the way in by passkey",
    "set_language": "public: own language only",
    "account_signup": "closed: answers 404 to everybody",
    "account_email": "closed: answers 404 to everybody",
    "account_email_verification_sent": "closed: answers 404 to everybody",
    "account_set_password": "closed: answers 404 to everybody",
    "account_reset_password": "closed: answers 404 to everybody",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands in front of a view: the verb ("" for any logged-in user, None for everybody) and the methods."""

    verb: str | None
    methods: tuple[str, ...]


def gate(verb: str, *, methods: tuple[str, ...] | None = None) -> Callable[[View], View]:
    """Let in users who hold `verb` somewhere; others get the login page or a 403 that says what is missing.

    `methods` defaults to reading only for ``*.read`` and to reading and POST for the rest. What the view raises in
    the words of the domain (`NotFound`, `BadPeriod`, `BadDate`) becomes a clean 404 or 400. An undeclared verb fails
    at import. Pages are never kept by a cache (ASVS 14.3.2).
    """
    duties_with(verb)
    return _guard(Gate(verb, methods or (SAFE if verb.endswith(".read") else (*SAFE, "POST"))))


def signed_in(*, methods: tuple[str, ...] = SAFE) -> Callable[[View], View]:
    """Let in every logged-in user: only for pages about the user's own account or session."""
    return _guard(Gate("", methods))


def public(*, methods: tuple[str, ...] = SAFE) -> Callable[[View], View]:
    """Let in everybody: only for pages that show nothing of the register."""
    return _guard(Gate(None, methods))


def by_token(*, methods: tuple[str, ...] = SAFE) -> Callable[[View], View]:
    """Let in whoever bears the secret in the address, without a login: only for what a program fetches for a user.

    The view itself looks up whose secret it is, answers 404 for one that is unknown or was taken back, and shows no
    more than that user may see at that moment.
    """
    return _guard(Gate(None, methods))


def assignments_now(request: HttpRequest) -> list[Assignment]:
    """The assignments in force of the user of this request, with their organisations; asked once a request."""
    known: list[Assignment] | None = getattr(request, "_assignments_now", None)
    if known is None:
        known = list(assignments_of(request.user).select_related("organisation"))
        request._assignments_now = known  # type: ignore[attr-defined]
    return known


def held_verbs(request: HttpRequest) -> frozenset[str]:
    """All verbs the user of this request holds for at least one organisation."""
    held = {assignment.duty for assignment in assignments_now(request)}
    return frozenset(verb for verb, duties in RIGHTS.items() if duties & held)


def verbs_for(request: HttpRequest, organisation: Organisation) -> frozenset[str]:
    """All verbs the user of this request holds for one organisation, in one question (see `visible_to`)."""
    above = OrganisationPath.objects.filter(
        descendant=organisation, voided_at__isnull=True, valid_to=organisation.ends_on
    )
    roots = set(above.values_list("ancestor", flat=True))
    duties = {one.duty for one in assignments_now(request) if one.organisation_id in roots}
    return frozenset(verb for verb, having in RIGHTS.items() if having & duties)


def get_for_user(visible: QuerySet[Row], **lookup: Any) -> Row:
    """The one row of `visible` (a queryset already cut to what the user may see) that `lookup` names.

    Raises `Missing` (404) for a row that is not there and for one that is not the user's to see alike, so that
    an answer tells nobody what exists; a malformed key counts as not there.
    """
    try:
        return visible.get(**lookup)
    except (ObjectDoesNotExist, ValueError, ValidationError):
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem.")) from None


def _guard(rule: Gate) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in rule.methods:
                return HttpResponseNotAllowed(rule.methods)
            answer = _turn_away(request, rule) or _answer(view, request, *args, **kwargs)
            if request.method == "GET" and request.GET.get(EXPORT) == TABLES:
                answer = tables_of_page(answer) or answer
            answer.headers.setdefault("Cache-Control", "private, no-store")
            return answer

        guarded.gate = rule  # type: ignore[attr-defined]
        # The gate itself asks for the login (so that it can answer htmx properly); the middleware need not.
        guarded.login_required = False  # type: ignore[attr-defined]
        return guarded

    return decorate


def _turn_away(request: HttpRequest, rule: Gate) -> HttpResponse | None:
    if rule.verb is None:
        return None
    if not request.user.is_authenticated:
        return _to_login(request)
    if request.user.must_change_password:
        return redirect("account_change_password")
    if rule.verb and rule.verb not in held_verbs(request):
        raise Forbidden(_("Nhiệm vụ được giao cho bạn không gồm việc này. Hãy hỏi người quản trị hệ thống."))
    return None


def _to_login(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A redirect would put the login page into a corner of the page: let the whole page go there.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect_to_login(request.get_full_path())


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotFound as error:
        raise Missing(str(error)) from error
    except (BadPeriod, BadDate) as error:
        raise BadInput(str(error)) from error
    except Refused as error:  # a form shows findings at its fields; what arrives here came with the address
        raise BadInput(" ".join(problem.message for problem in error.problems)) from error
