"""Which parameters of an address a view reads: what it never looks at cannot change its answer."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict

#: Stands for reading the parameters as a whole.
ALL = "*"
#: Repeats what it was given in the links of the menu and of a table's columns, and looks at nothing else for it.
REPEATING = ("carried_query", "with_query")


class _Noting(QueryDict):
    """The parameters of a request, which note what is asked of them."""

    noted: set[str] = set()

    def __getitem__(self, key: Any) -> Any:
        self.noted.add(str(key))
        return super().__getitem__(key)

    def __contains__(self, key: Any) -> bool:
        self.noted.add(str(key))
        return super().__contains__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        self.noted.add(str(key))
        return super().get(key, default)

    def getlist(self, key: Any, default: Any = None) -> Any:
        self.noted.add(str(key))
        return super().getlist(key, default)


def _whole(name: str) -> Any:
    def noting(self: _Noting, *given: Any, **more: Any) -> Any:
        if name != "copy" or sys._getframe(1).f_code.co_name not in REPEATING:
            self.noted.add(ALL)
        # A copy is the view's own, and is no longer watched.
        held: Any = QueryDict(mutable=name in ("copy", "__copy__", "__deepcopy__"))
        for key, values in super(QueryDict, self).lists():
            super(QueryDict, held).setlist(key, list(values))
        return held if name in ("copy", "__copy__", "__deepcopy__") else getattr(held, name)(*given, **more)

    return noting


for _name in (
    "__iter__", "__len__", "__copy__", "__deepcopy__", "copy", "dict", "items", "keys", "lists", "urlencode", "values",
):  # fmt: skip
    setattr(_Noting, _name, _whole(_name))


class Readings:
    """What has been asked of each path so far, and which parameters were read for it.

    A view that is asked again with other values of parameters it did not look at does the same again, up to its first
    look at one of them, which never comes. Only the address itself may differ in the answer, where it is repeated.
    """

    def __init__(self) -> None:
        self._asked: dict[str, list[tuple[dict[str, list[str]], set[str]]]] = {}
        self._noted: set[str] = set()

    @contextmanager
    def watched(self, address: str) -> Iterator[None]:
        """Note what is read while this address is asked for."""
        path, _mark, query = address.partition("?")
        self._noted = set()
        self._asked.setdefault(path, []).append((parse_qs(query, keep_blank_values=True), self._noted))

        def noting(request: Any) -> QueryDict:
            given = request.__dict__.get("_noting")
            if given is None:
                given = _Noting(request.META.get("QUERY_STRING", ""), encoding=request.encoding)
                given.noted = self._noted
                request.__dict__["_noting"] = given
            return given

        with patch.object(WSGIRequest, "GET", property(noting)):
            yield

    def tell_nothing_new(self, address: str) -> bool:
        """Whether an earlier answer of the path looked at none of the parameters in which this address differs."""
        path, _mark, query = address.partition("?")
        given = parse_qs(query, keep_blank_values=True)
        for earlier, read in self._asked.get(path, ()):
            differing = {key for key in {*given, *earlier} if given.get(key) != earlier.get(key)}
            if ALL not in read and not differing & read:
                return True
        return False
