"""Making users and giving them duties. There is no account before an administrator makes one."""

import secrets
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tongket.accounts.duties import DUTIES
from tongket.accounts.models import Assignment, User
from tongket.audit.acts import act
from tongket.core.problems import Problem, refuse_if_any

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """A random first password, easy to read aloud (80 bits)."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def create_user(
    username: str,
    *,
    full_name: str,
    by: Any,
    password: str | None = None,
    origin: str = "form",
    email: str = "",
) -> tuple[User, str]:
    """Make a user with a one-time password that must be changed at first login. Returns (user, password)."""
    username = username.strip()
    if not username:
        refuse_if_any([Problem("username", "Chưa có tên đăng nhập.")])
    try:
        User._meta.get_field("username").run_validators(username)
    except ValidationError:
        wrong = "Tên đăng nhập chỉ gồm chữ, số và các dấu @ . + - _, nhiều nhất 150 ký tự."
        refuse_if_any([Problem("username", wrong)])
    if User.objects.filter(username__iexact=username).exists():
        refuse_if_any([Problem("username", f"Tên đăng nhập «{username}» đã có. Chọn tên khác.")])
    first = password or one_time_password()
    with act("account.create", by=by, origin=origin) as current:
        user = User(
            username=username, full_name=full_name, email=email, must_change_password=password is None
        )
        user.set_password(first)
        user.save()
        current.about(user)
        current.note(username=username)
    return user, first


def assign(
    user: User, organisation: Any, duty: str, *, since: date, by: Any, origin: str = "form"
) -> Assignment:
    """Let a user act for an organisation's subtree with a duty, from a day on."""
    if duty not in DUTIES.values:
        refuse_if_any([Problem("duty", f"Không có nhiệm vụ «{duty}».")])
    if Assignment.objects.filter(
        user=user, organisation=organisation, duty=duty, until__isnull=True
    ).exists():
        refuse_if_any([Problem("duty", "Người này đã được giao nhiệm vụ đó ở tổ chức này.")])
    with act("account.assign", by=by, origin=origin, organisation=organisation, subject=user) as current:
        row = Assignment.objects.create(user=user, organisation=organisation, duty=duty, since=since)
        current.note(username=user.username, duty=duty, since=since)
    return row


def revoke(assignment: Assignment, *, by: Any) -> None:
    """End an assignment at once: the next request of the user no longer has it."""
    with act(
        "account.revoke", by=by, organisation=assignment.organisation, subject=assignment.user
    ) as current:
        current.note(username=assignment.user.username, duty=assignment.duty)
        assignment.delete()


def set_email(user: User, email: str, *, by: Any) -> None:
    """Say where letters about what is due go; "" for nowhere. Raises `Refused` for what is no address."""
    address = email.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            refuse_if_any([Problem("email", f"«{address[:60]}» không phải là địa chỉ thư điện tử.")])
    with act("account.amend", by=by, subject=user) as current:
        user.email = address
        user.save(update_fields=["email"])
        current.note(username=user.username, fields=["email"])


def set_active(user: User, active: bool, *, by: Any) -> None:
    """Close or reopen an account."""
    with act("account.open" if active else "account.close", by=by, subject=user) as current:
        user.is_active = active
        user.save(update_fields=["is_active"])
        current.note(username=user.username)


def reset_password(user: User, *, by: Any) -> str:
    """Give a new one-time password; the old one and its sessions end."""
    first = one_time_password()
    with act("account.reset", by=by, subject=user) as current:
        user.set_password(first)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        current.note(username=user.username)
    return first
