"""Whose address counts, and how much a request may carry."""

import socket

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tongket.server import AddressInUse, _options, client_address, serve


def test_without_a_proxy_a_forwarded_address_is_the_senders_own_claim(settings) -> None:
    settings.HTTPS = False
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.7", HTTP_X_FORWARDED_FOR="1.2.3.4")
    assert client_address(request) == "10.0.0.7"


@pytest.mark.parametrize("forwarded", ["10.0.0.9", "1.2.3.4, 10.0.0.9", "1.2.3.4,5.6.7.8 , 10.0.0.9"])
def test_behind_the_proxy_the_address_is_the_one_the_proxy_wrote(settings, forwarded: str) -> None:
    settings.HTTPS = True
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == "10.0.0.9"


def test_a_request_above_the_limit_is_refused_before_it_is_stored(settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.xlsx", b"x" * 1001)})
    with pytest.raises(RequestDataTooBig):
        request.FILES.get("file")


def test_a_request_within_the_limit_arrives_whole(settings) -> None:
    settings.MAX_UPLOAD_BYTES = 5000
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.xlsx", b"x" * 4000)})
    assert request.FILES["file"].read() == b"x" * 4000


def test_one_process_serves_so_that_counters_and_caches_are_one() -> None:
    options = _options("127.0.0.1:8000", None)
    assert (options["workers"], options["worker_class"], options["preload_app"]) == (1, "gthread", True)


def test_an_address_in_use_is_said_at_once() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(AddressInUse, match=f"127.0.0.1:{port}"):
            serve("127.0.0.1", port)
