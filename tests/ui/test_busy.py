"""Whoever finds the books busy is told so, and not that the server is broken."""

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from tongket.ui.shell.errors import server_error


def answer_to(failure: Exception) -> HttpResponse:
    try:
        raise failure
    except type(failure):
        return server_error(RequestFactory().post("/"))


@pytest.mark.parametrize(
    "said", ["database is locked", "canceling statement due to lock timeout\nCONTEXT: x"]
)
def test_a_page_that_waited_too_long_for_another_writer_says_so(said: str) -> None:
    page = answer_to(OperationalError(said))
    assert (page.status_code, page["Retry-After"]) == (503, "60")
    assert "Sổ đang bận" in page.content.decode()
    assert "Có lỗi ở máy chủ" not in page.content.decode()


@pytest.mark.parametrize("failure", [OperationalError("disk I/O error"), ValueError("database is locked")])
def test_every_other_failure_is_an_error_of_the_server(failure: Exception) -> None:
    page = answer_to(failure)
    assert page.status_code == 500
    assert "Có lỗi ở máy chủ" in page.content.decode()
