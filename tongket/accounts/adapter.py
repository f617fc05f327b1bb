"""How accounts come to be and go about: made by the administrator, never by sign-up; logins are in the ledger."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from tongket.audit.acts import act


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed; an own password ends the one-time password's duty; login and logout are noted."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers by himself."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether a browser may be sent there: an address that cannot be read is none of ours, not an error."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def set_password(self, user: Any, password: str) -> None:
        """Set the password that the user chose; from now on the one-time password is done with."""
        user.must_change_password = False
        super().set_password(user, password)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Log in and note it (ASVS 16.3.1); the entry carries no address and no password."""
        super().login(request, user)
        with act("account.login", by=user, origin="login", subject=user):
            pass

    def logout(self, request: HttpRequest) -> None:
        """Note the logout, then end the session."""
        user = request.user
        if user.is_authenticated:
            with act("account.logout", by=user, origin="login", subject=user):
                pass
        super().logout(request)
