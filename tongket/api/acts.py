"""Letting a program in, giving it tokens, taking them back."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tongket.accounts.duties import DUTIES
from tongket.accounts.models import Assignment, User
from tongket.api.models import ApiClient, ApiToken
from tongket.audit.acts import Act, act
from tongket.core.dates import format_date, today
from tongket.core.problems import Conflict, Problem, refuse_if_any
from tongket.core.text import tidy
from tongket.organisations.models import Organisation

#: What a program may be given: all duties but the administrator's, which reads nothing and changes accounts.
DUTIES_OF_PROGRAMS = tuple(code for code in DUTIES.values if code != "administrator")
#: Two, so that a new token can be put to use before the old one is taken back; one more for a test machine.
MOST_TOKENS = 3
LONGEST_DAYS = 366
PREFIX = "tk_"
_LONGEST = {"name": 120, "purpose": 300}


def hashed(token: str) -> str:
    """What is kept of a token. 256 random bits: a plain hash is enough, there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def let_in(
    name: str,
    *,
    purpose: str,
    organisation: Organisation,
    duties: Iterable[str],
    expires_on: date,
    by: Any,
    origin: str = "form",
) -> tuple[ApiClient, str]:
    """Let a program read an organisation's subtree with some duties; returns it with its first token, shown once.

    Raises `Refused` with everything that is wrong: no name or purpose, no duty or an unknown one, a day of expiry
    that is past or further than a year away.
    """
    name, purpose, given = tidy(name), tidy(purpose), list(dict.fromkeys(duties))
    refuse_if_any([*_of_client(name, purpose, given), *_of_expiry(expires_on)])
    with act("api_client.add", by=by, origin=origin, organisation=organisation) as current:
        client = _make_client(name, purpose, organisation, given, current)
        token = _make_token(client, expires_on, current)
        current.note(until=expires_on)
    return client, token


def enter(
    name: str,
    *,
    purpose: str,
    organisation: Organisation,
    duties: Iterable[str],
    by: Any,
    origin: str = "form",
) -> ApiClient:
    """Let a program in without a token yet: `give_token` makes one when somebody is there to take it.

    Raises `Refused` like `let_in`.
    """
    name, purpose, given = tidy(name), tidy(purpose), list(dict.fromkeys(duties))
    refuse_if_any(_of_client(name, purpose, given))
    with act("api_client.add", by=by, origin=origin, organisation=organisation) as current:
        return _make_client(name, purpose, organisation, given, current)


def give_token(client: ApiClient, *, expires_on: date, by: Any, origin: str = "form") -> tuple[ApiToken, str]:
    """Give a further token. Returns it with its text, which is kept nowhere.

    Raises `Refused` for a wrong day, `Conflict` when the program is closed or has as many as it may have.
    """
    refuse_if_any(_of_expiry(expires_on))
    with act(
        "api_token.add", by=by, origin=origin, organisation=client.organisation, subject=client
    ) as current:
        if ApiClient.objects.filter(pk=client.pk, closed_at__isnull=False).exists():
            raise Conflict("Kết nối này đã đóng. Hãy lập kết nối mới.")
        standing = client.tokens.filter(revoked_at__isnull=True, expires_on__gte=today())
        if standing.count() >= MOST_TOKENS:
            raise Conflict(f"Đã có {MOST_TOKENS} mã đang dùng. Hãy thu hồi một mã trước khi cấp mã mới.")
        token = _make_token(client, expires_on, current)
        current.note(username=client.user.username, until=expires_on)
    return client.tokens.get(token_hash=hashed(token)), token


def revoke_token(token: ApiToken, *, by: Any) -> None:
    """Take a token back: the next request that shows it is refused."""
    client = token.client
    with act("api_token.void", by=by, organisation=client.organisation, subject=client) as current:
        ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=current.at)
        current.note(username=client.user.username)


def close(client: ApiClient, *, by: Any) -> None:
    """Shut a program out for good: its tokens are taken back, its account is closed and its duties end."""
    with act("api_client.close", by=by, organisation=client.organisation, subject=client) as current:
        client.tokens.filter(revoked_at__isnull=True).update(revoked_at=current.at)
        ApiClient.objects.filter(pk=client.pk, closed_at__isnull=True).update(closed_at=current.at)
        User.objects.filter(pk=client.user_id).update(is_active=False)
        Assignment.objects.filter(user=client.user_id).delete()
        current.note(username=client.user.username)


def _of_client(name: str, purpose: str, given: list[str]) -> list[Problem]:
    problems = [*_of_text("name", name, "Chưa ghi tên phần mềm.")]
    problems += _of_text("purpose", purpose, "Hãy ghi phần mềm dùng để làm gì và ai phụ trách.")
    if not given:
        problems.append(Problem("duties", "Chưa chọn nhiệm vụ nào: phần mềm sẽ không đọc được gì."))
    return problems + [
        Problem("duties", f"Không thể giao nhiệm vụ «{duty}» cho phần mềm.")
        for duty in given
        if duty not in DUTIES_OF_PROGRAMS
    ]


def _make_client(
    name: str, purpose: str, organisation: Organisation, given: list[str], current: Act
) -> ApiClient:
    user = User(username=f"api.{secrets.token_hex(6)}", full_name=name)
    user.set_unusable_password()
    user.save()
    client = ApiClient.objects.create(
        user=user, name=name, purpose=purpose, organisation=organisation, made_at=current.at
    )
    Assignment.objects.bulk_create(
        Assignment(user=user, organisation=organisation, duty=duty, since=today()) for duty in given
    )
    current.about(client)
    current.note(username=user.username, duties=given)
    return client


def _of_text(field: str, text: str, missing: str) -> list[Problem]:
    most = _LONGEST[field]
    if not text:
        return [Problem(field, missing)]
    return [Problem(field, f"Dài quá {most} ký tự. Hãy viết gọn lại.")] if len(text) > most else []


def _of_expiry(day: date) -> list[Problem]:
    last = today() + timedelta(days=LONGEST_DAYS)
    if day < today():
        return [Problem("expires_on", f"Ngày {format_date(day)} đã qua. Chọn từ hôm nay trở đi.")]
    if day > last:
        return [Problem("expires_on", f"Mã dùng lâu nhất một năm: chọn đến ngày {format_date(last)}.")]
    return []


def _make_token(client: ApiClient, expires_on: date, current: Act) -> str:
    token = PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        client=client, start=token[:8], token_hash=hashed(token), made_at=current.at, expires_on=expires_on
    )
    return token
