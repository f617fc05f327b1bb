"""Zips from outside are read within limits, and nothing hostile in them gets out."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.reports.exchange import archive as module
from tongket.reports.exchange.archive import BadArchive, archive, redated, unpack

MADE = "2024-01-15T08:30:00+00:00"


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries:
            made.writestr(name, content)
    return buffer.getvalue()


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("link")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_files_come_back_as_they_went_in_and_the_bytes_are_always_the_same() -> None:
    files = {"a.txt": b"mot", "xbrl/b.json": b"{}" * 1000}
    made = archive(files, MADE, "goi")
    assert unpack(made) == {f"goi/{name}": content for name, content in files.items()}
    assert made == archive(files, MADE, "goi")
    assert zipfile.ZipFile(io.BytesIO(made)).infolist()[0].date_time == (2024, 1, 15, 8, 30, 0)


def test_a_zip_of_a_library_is_the_same_tomorrow() -> None:
    entries = [(zipfile.ZipInfo("a", (2024, day, 1, 1, 1, 1)), b"x") for day in (1, 2)]
    first, second = (zipped(entry) for entry in entries)
    assert first != second
    assert redated(first, MADE) == redated(second, MADE)


@pytest.mark.parametrize(
    "name", ["../a", "/etc/passwd", "a/../../b", "a\\b", "C:/a", "a//b", "./a", "a\x1bb", "x" * 300]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(BadArchive, match="tên tệp"):
        unpack(zipped((name, b"x")))


def test_links_doubled_names_and_passwords_are_refused() -> None:
    with pytest.raises(BadArchive, match="không an toàn"):
        unpack(zipped((link(), b"/etc/passwd")))
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = zipped(("a", b"1"), ("a", b"2"))
    with pytest.raises(BadArchive, match="cùng tên"):
        unpack(twice)
    locked = bytearray(zipped(("a", b"1")))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = locked.index(mark) + at
        locked[place] |= 1
    with pytest.raises(BadArchive, match="mật khẩu"):
        unpack(bytes(locked))


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_unpacks_without_a_bound_is_refused(way: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as made:
        made.writestr("a", bytes(1000))
    with pytest.raises(BadArchive, match="kiểu lạ"):
        unpack(buffer.getvalue())


def test_a_bomb_is_stopped_by_what_is_really_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_UNPACKED", 100_000)
    bomb = zipped(("a", bytes(200_000)))
    with pytest.raises(BadArchive, match="lớn quá"):
        unpack(bomb)
    lying = bytearray(bomb)
    struct.pack_into("<I", lying, lying.index(b"PK\x01\x02") + 24, 10)  # claims 10 bytes
    with pytest.raises(BadArchive):
        unpack(bytes(lying))


def test_too_many_files_and_too_big_a_file_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadArchive, match="quá 200 tệp"):
        unpack(zipped(*((str(n), b"") for n in range(201))))
    monkeypatch.setattr(module, "MAX_FILE", 10)
    with pytest.raises(BadArchive, match="Tệp lớn quá"):
        unpack(zipped(("a", b"x")))


WHOLE = archive({"a.txt": b"mot hai ba" * 30, "b.txt": b"bon"}, MADE)


@given(st.data())
def test_a_damaged_zip_is_refused_in_words_or_read_whole(data: st.DataObject) -> None:
    damage: Callable[[], bytes] = data.draw(
        st.sampled_from([lambda: _flipped(data), lambda: WHOLE[: data.draw(st.integers(0, len(WHOLE) - 1))]])
    )
    try:
        unpack(damage())
    except BadArchive as refused:
        assert str(refused)


def _flipped(data: st.DataObject) -> bytes:
    spoilt = bytearray(WHOLE)
    spoilt[data.draw(st.integers(0, len(WHOLE) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    return bytes(spoilt)
