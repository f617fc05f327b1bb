"""The web server that ``./run`` starts: gunicorn with one worker process and a few threads."""

import errno
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from gunicorn.app.base import BaseApplication

THREADS = 4
MEMORY_DIR = Path("/dev/shm")  # noqa: S108  # nosec B108  # gunicorn makes its heartbeat file there safely


class _Server(BaseApplication):
    """gunicorn configured from code: it reads neither the command line nor a configuration file."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from tongket.wsgi import application

        return application


class AddressInUse(Exception):
    """Another program already answers on the address that was asked for."""


def serve(host: str = "127.0.0.1", port: int = 8000, when_ready: Callable[[], None] | None = None) -> None:
    """Serve the application until SIGINT or SIGTERM, then let requests under way finish (10 s at most).

    ``when_ready`` runs once the address accepts connections: the place to print it.
    Raises ``AddressInUse`` at once when the address is taken (gunicorn alone would try for five seconds).
    """
    _require_free(host, port)
    _Server(_options(f"{host}:{port}", when_ready)).run()


def _require_free(host: str, port: int) -> None:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        # As gunicorn does: a connection still closing from the last run does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise AddressInUse(f"{host}:{port}") from error
            raise


def _options(bind: str, when_ready: Callable[[], None] | None) -> dict[str, Any]:
    # One worker holds the login counters and caches in its own memory, and keeps the whole under 250 MB.
    options: dict[str, Any] = {
        "bind": bind,
        "workers": 1,
        "worker_class": "gthread",
        "threads": THREADS,
        "preload_app": True,
        "timeout": 120,
        "graceful_timeout": 10,
        "keepalive": 5,
        "loglevel": "warning",
        "proc_name": "tongket",
        "forwarded_allow_ips": "127.0.0.1,::1",
        "limit_request_line": 8190,
        "control_socket_disable": True,
        "pre_fork": lambda server, worker: _close_connections(),
    }
    if MEMORY_DIR.is_dir():  # a heartbeat file on a slow disk would look like a worker that hangs
        options["worker_tmp_dir"] = str(MEMORY_DIR)
    if when_ready is not None:
        options["when_ready"] = lambda server: when_ready()
    return options


def _close_connections() -> None:
    """No database connection crosses the fork: neither SQLite nor PostgreSQL allows sharing one."""
    from django.db import connections

    connections.close_all()


def client_address(request: HttpRequest) -> str:
    """Return the address a request comes from, for counting failed logins.

    Behind the TLS proxy (``TONGKET_HTTPS``) it is the last entry of ``X-Forwarded-For``, the only one
    that the proxy itself wrote; without a proxy the header is the sender's own claim and is not read.
    """
    if settings.HTTPS:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        last = str(forwarded).rsplit(",", 1)[-1].strip()
        if last:
            return last
    return str(request.META.get("REMOTE_ADDR", ""))
