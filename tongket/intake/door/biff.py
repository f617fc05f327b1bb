"""What the parser of old workbooks (.xls) does not tell: cells with formula errors and hidden rows, from the records
themselves ([MS-CFB] for the container, [MS-XLS] for the records). Runs only in the child that has limits.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_END = 0xFFFFFFF0  # sector numbers from here on are marks
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOUNDSHEET, _BOF, _EOF, _ROW, _FORMULA, _BOOLERR, _FILEPASS = 0x85, 0x809, 0x0A, 0x208, 0x06, 0x205, 0x2F


class Damaged(ValueError):
    """The container or its records do not hold together."""


@dataclass(slots=True)
class Beside:
    """What stands beside the values of one sheet."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)


def names(content: bytes) -> set[str]:
    """The names of the streams in a container. Raises `Damaged`."""
    return {name for name, _, _ in _Container(content).directory()}


def beside(content: bytes) -> list[Beside]:
    """For each sheet in order. Raises `Damaged`."""
    container = _Container(content)
    stream = container.stream("Workbook") or container.stream("Book")
    starts = [
        struct.unpack_from("<I", data)[0]
        for kind, data in _records(stream, 0, stop=True)
        if kind == _BOUNDSHEET and len(data) >= 8
    ]
    return [_sheet(stream, start) for start in starts]


def is_encrypted(content: bytes) -> bool:
    """Whether a password protects the workbook: a container of a newer file, or a FILEPASS record in an old one."""
    container = _Container(content)
    if any(name == "EncryptedPackage" for name, _, _ in container.directory()):
        return True
    stream = container.stream("Workbook") or container.stream("Book")
    return any(kind == _FILEPASS for kind, _ in _records(stream, 0, stop=True))


def _sheet(stream: bytes, start: int) -> Beside:
    found = Beside()
    for kind, data in _records(stream, start, stop=True):
        if kind == _ROW and len(data) >= 16 and struct.unpack_from("<I", data, 12)[0] & 0x20:
            found.hidden_rows.add(struct.unpack_from("<H", data)[0])
        elif kind == _BOOLERR and len(data) >= 8 and data[7] == 1:
            found.errors[struct.unpack_from("<HH", data)] = _ERRORS.get(data[6], "#N/A")
        elif kind == _FORMULA and len(data) >= 14 and data[6] == 2 and data[12:14] == b"\xff\xff":
            found.errors[struct.unpack_from("<HH", data)] = _ERRORS.get(data[8], "#N/A")
    return found


def _records(stream: bytes, place: int, *, stop: bool) -> Iterator[tuple[int, bytes]]:
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size
        if stop and depth <= 0:
            return


class _Container:
    """A compound file: sectors in chains, a table of the chains, a directory of the streams."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512:
            raise Damaged("header")
        self.content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Damaged("sector size")
        self.size = 1 << shift
        self.table = self._table()

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.content[start : start + self.size]

    def _table(self) -> list[int]:
        listed = [n for n in struct.unpack_from("<109I", self.content, 76) if n < _END]
        following, count = struct.unpack_from("<II", self.content, 68)
        for _ in range(min(count, len(self.content) // self.size)):
            if following >= _END:
                break
            more = self._numbers(self._sector(following))
            listed += [n for n in more[:-1] if n < _END]
            following = more[-1] if more else _END
        return [number for sector in listed for number in self._numbers(self._sector(sector))]

    def _numbers(self, sector: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])

    def _chain(self, number: int, table: list[int]) -> Iterator[int]:
        for _ in range(len(table) + 1):
            if number >= _END:
                return
            if number >= len(table):
                raise Damaged("chain")
            yield number
            number = table[number]
        raise Damaged("circle")

    def directory(self) -> Iterator[tuple[str, int, int]]:
        """Name, first sector and size of each stream; the root comes first."""
        first = struct.unpack_from("<I", self.content, 48)[0]
        data = b"".join(self._sector(n) for n in self._chain(first, self.table))
        for place in range(0, len(data) - 127, 128):
            length = struct.unpack_from("<H", data, place + 64)[0]
            if 2 <= length <= 64:
                name = data[place : place + length - 2].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<II", data, place + 116)
                yield name, start, size

    def stream(self, wanted: str) -> bytes:
        """The bytes of a stream; none when it is not there."""
        entries = list(self.directory())
        found = next(((start, size) for name, start, size in entries if name == wanted), None)
        if found is None:
            return b""
        start, size = found
        if size >= 4096:
            return b"".join(self._sector(n) for n in self._chain(start, self.table))[:size]
        mini = b"".join(self._sector(n) for n in self._chain(entries[0][1], self.table))
        first = struct.unpack_from("<I", self.content, 60)[0]
        table = [x for n in self._chain(first, self.table) for x in self._numbers(self._sector(n))]
        return b"".join(mini[n * 64 : n * 64 + 64] for n in self._chain(start, table))[:size]
