"""Logins are limited: in number of failures, in idle time, in length; and every answer carries its headers."""

import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from tongket import settings as product

PASSWORD = "ba con trâu trên đồng"
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.login_urls")]


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user():
    return get_user_model().objects.create_user("vanphong", password=PASSWORD)


def log_in(client: Client, username: str, password: str, address: str = "10.0.0.5"):
    return client.post(
        "/tai-khoan/dang-nhap/", {"login": username, "password": password}, REMOTE_ADDR=address
    )


def is_in(client: Client) -> bool:
    return client.get("/plain/").status_code == 200


class TestLockOut:
    def test_the_tenth_failure_locks_even_the_right_password_out(self, user) -> None:
        client = Client()
        for _ in range(10):
            last = log_in(client, "vanphong", "sai mật khẩu")
        assert last.status_code == 429
        assert log_in(client, "vanphong", PASSWORD).status_code == 429
        assert not is_in(client)

    def test_nine_failures_lock_nobody_out(self, user) -> None:
        client = Client()
        for _ in range(9):
            assert log_in(client, "vanphong", "sai mật khẩu").status_code == 200
        assert log_in(client, "vanphong", PASSWORD).status_code == 302
        assert is_in(client)

    def test_nobody_locks_a_colleague_out_from_another_desk(self, user) -> None:
        for _ in range(12):
            log_in(Client(), "vanphong", "sai mật khẩu", address="10.0.0.66")
        client = Client()
        assert log_in(client, "vanphong", PASSWORD, address="10.0.0.5").status_code == 302
        assert is_in(client)

    def test_after_a_quarter_of_an_hour_the_right_password_enters(self, user, monkeypatch) -> None:
        client = Client()
        for _ in range(10):
            log_in(client, "vanphong", "sai mật khẩu")
        now = time.time()
        monkeypatch.setattr("time.time", lambda: now + 15 * 60 + 5)
        assert log_in(client, "vanphong", PASSWORD).status_code == 302


class TestSessionLength:
    @pytest.fixture
    def client_in(self, user):
        client = Client()
        assert log_in(client, "vanphong", PASSWORD).status_code == 302
        assert is_in(client)
        return client

    @staticmethod
    def later(monkeypatch, seconds: float) -> None:
        now = time.time()
        monkeypatch.setattr("tongket.accounts.session_limits.time.time", lambda: now + seconds)

    def test_half_an_hour_without_use_ends_it(self, client_in, monkeypatch) -> None:
        self.later(monkeypatch, 30 * 60 + 1)
        assert not is_in(client_in)

    def test_use_within_half_an_hour_keeps_it(self, client_in, monkeypatch) -> None:
        for _ in range(4):
            self.later(monkeypatch, 25 * 60)
            assert is_in(client_in)

    def test_twelve_hours_end_it_however_busy(self, client_in, monkeypatch) -> None:
        for _ in range(12 * 60 // 20 - 1):
            self.later(monkeypatch, 20 * 60)
            assert is_in(client_in)
        self.later(monkeypatch, 20 * 60 + 1)
        assert not is_in(client_in)

    def test_a_clock_set_back_does_not_lengthen_it(self, client_in, monkeypatch) -> None:
        self.later(monkeypatch, -24 * 60 * 60)
        assert not is_in(client_in)

    def test_logging_in_changes_the_session_key(self, user) -> None:
        client = Client()
        client.get("/tai-khoan/dang-nhap/")
        before = client.session.session_key
        log_in(client, "vanphong", PASSWORD)
        assert client.session.session_key != before


class TestPages:
    def test_a_view_without_any_rule_asks_for_a_login(self) -> None:
        answer = Client().get("/plain/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/tai-khoan/dang-nhap/?next=/plain/")

    def test_every_answer_carries_the_headers(self) -> None:
        headers = Client().get("/tai-khoan/dang-nhap/").headers
        policy = headers["Content-Security-Policy"]
        for part in (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ):
            assert part in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"

    def test_sign_up_is_closed(self) -> None:
        answer = Client().post(
            "/tai-khoan/dang-ky/", {"username": "khach", "password1": PASSWORD, "password2": PASSWORD}
        )
        assert answer.status_code in {200, 403, 404}
        assert not get_user_model().objects.filter(username="khach").exists()


class TestPasswords:
    def test_the_product_stores_argon2id(self, settings) -> None:
        settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
        stored = make_password(PASSWORD)
        assert identify_hasher(stored).algorithm == "argon2"
        assert stored.startswith("argon2$argon2id$")

    @pytest.mark.parametrize("weak", ["11 chữ thôi", "987654321098765", "1q2w3e4r5t6y"])
    def test_short_numeric_and_common_passwords_are_refused(self, weak: str) -> None:
        with pytest.raises(ValidationError):
            validate_password(weak)

    def test_a_sentence_is_accepted(self) -> None:
        assert validate_password(PASSWORD) is None
