"""What speaks for and against two entries being one person: each field by itself, in points and in words.

No database is asked here. The points are this system's own judgement (no regulation fixes any): a name alone says
little where a third of the people share three family names, so it counts only together with the date of birth.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from tongket.core.identity import clean_digits
from tongket.core.text import fold, tidy

#: The five tones as combining marks; the other marks make another letter.
_TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")

Bearing = Literal["for", "against", "neutral"]
NameLikeness = Literal["same", "folded", "marks", "letter", "shorter", "order", "different"]
BirthLikeness = Literal["same", "year", "swapped", "part", "unknown", "different"]


@dataclass(frozen=True, slots=True)
class Person:
    """One entry as it is compared: a row that comes in, or a person of the register.

    `key` is whatever the caller knows the entry by. A blank field is a gap and speaks neither for nor against.
    `admitted_on` is the day of the first admission decision, `organisation` the key of the cell.
    """

    key: Any
    full_name: str
    folded: str
    birth_date: date | None = None
    birth_year_only: bool = False
    national_id: str = ""
    old_id_number: str = ""
    cards: tuple[str, ...] = ()
    gender: str = ""
    home_town: str = ""
    admitted_on: date | None = None
    organisation: Any = None


def person(key: Any, full_name: str, **fields: Any) -> Person:
    """A `Person` from values as they were written: text on one line, numbers without spaces and dots."""
    name = tidy(full_name)
    for field in ("national_id", "old_id_number"):
        fields[field] = clean_digits(str(fields.get(field) or ""))
    cards = tuple(filter(None, (clean_digits(str(card)) for card in fields.pop("cards", ()) if card)))
    return Person(key, name, fold(name), cards=cards, **fields)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one field says: which field, how it bears on the question, how many points, and why in words."""

    field: str
    bearing: Bearing
    points: int
    said: str


_NAME: dict[str, tuple[int, str]] = {
    "same": (40, "Cùng họ và tên"),
    "folded": (36, "Cùng họ và tên, một bên viết không dấu"),
    "marks": (24, "Họ và tên chỉ khác dấu"),
    "letter": (24, "Họ và tên khác nhau một chữ cái"),
    "shorter": (22, "Họ và tên như nhau, một bên thiếu chữ đệm"),
    "order": (22, "Họ và tên cùng các chữ, khác thứ tự"),
    "different": (-60, "Khác họ và tên"),
}
_BIRTH: dict[str, tuple[int, str]] = {
    "same": (40, "Cùng ngày sinh"),
    "year": (15, "Cùng năm sinh (có bên chỉ biết năm, hoặc ghi 01/01)"),
    "swapped": (28, "Ngày sinh viết đảo ngày và tháng"),
    "part": (16, "Ngày sinh chỉ khác ngày, tháng hoặc năm"),
    "unknown": (0, "Có bên chưa ghi ngày sinh"),
    "different": (-60, "Khác ngày sinh"),
}
_SAME_NUMBER, _SAME_OLD_NUMBER = 200, 80


def near(evidence: str) -> bool:
    """Whether a likeness of names is one that a slip of the pen explains."""
    return evidence in {"marks", "letter", "shorter", "order"}


def _words(folded: str) -> tuple[str, ...]:
    return tuple(folded.split())


@lru_cache(maxsize=65_536)
def folded_likeness(one: str, other: str) -> NameLikeness:
    """How alike two folded names are."""
    if one == other:
        return "folded"
    a, b = _words(one), _words(other)
    if len(a) == len(b):
        differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if len(differing) == 1 and one_slip(*differing[0]):
            return "letter"
        return "order" if len(a) > 1 and sorted(a) == sorted(b) else "different"
    short, long = sorted((a, b), key=len)
    same_ends = len(short) > 1 and short[0] == long[0] and short[-1] == long[-1]
    return "shorter" if same_ends and not Counter(short) - Counter(long) else "different"


def one_slip(one: str, other: str) -> bool:
    """Whether one letter or digit too many, too few, wrong, or two neighbours swapped make the one the other."""
    if one == other:
        return False
    start = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), None)
    if start is None:
        return abs(len(one) - len(other)) == 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


def name_likeness(one: Person, other: Person) -> NameLikeness:
    """How alike the names are; nothing is alike to a name that is not there."""
    if not one.folded or not other.folded:
        return "different"
    found = folded_likeness(one.folded, other.folded)
    return _with_marks(one.full_name, other.full_name) if found == "folded" else found


@lru_cache(maxsize=65_536)
def _with_marks(one: str, other: str) -> NameLikeness:
    """Two names of the same bare letters: one name, one name of which one side lost all marks, or two names.

    Hùng and Hưng, Lan and Lân are names of two people, often of twins; Hoà and Hòa are two spellings of one.
    """
    if _spelt(one) == _spelt(other):
        return "same"
    return "folded" if _bare(one) or _bare(other) else "marks"


def _bare(name: str) -> bool:
    return fold(name) == name.casefold()


def _spelt(name: str) -> tuple[tuple[str, str], ...]:
    """Each word as its letters and its tone, so that it does not matter on which vowel the tone stands."""
    found = []
    for word in name.casefold().split():
        split = unicodedata.normalize("NFD", word)
        letters = "".join(c for c in split if c not in _TONES)
        found.append((letters, "".join(c for c in split if c in _TONES)))
    return tuple(found)


def same_given_name(one: Person, other: Person) -> bool:
    """Whether the given names (the last words) are the same; without marks where a whole name was written so."""
    a, b = one.full_name.split()[-1:], other.full_name.split()[-1:]
    if not a or not b:
        return False
    if _bare(one.full_name) or _bare(other.full_name):
        return fold(a[0]) == fold(b[0])
    return _spelt(a[0]) == _spelt(b[0])


def _only_year(one: Person) -> bool:
    """Whoever knew only the year often wrote 1 January: it says no more than the year."""
    birth = one.birth_date
    return one.birth_year_only or (birth is not None and (birth.day, birth.month) == (1, 1))


def birth_likeness(one: Person, other: Person) -> BirthLikeness:
    """How alike the dates of birth are. Where one side knows only the year, only the years are compared."""
    a, b = one.birth_date, other.birth_date
    if a is None or b is None:
        return "unknown"
    if _only_year(one) or _only_year(other):
        return "year" if a.year == b.year else "different"
    if a == b:
        return "same"
    if a.year == b.year:
        if (a.day, a.month) == (b.month, b.day):
            return "swapped"
        return "part" if a.day == b.day or a.month == b.month else "different"
    return "part" if (a.day, a.month) == (b.day, b.month) else "different"


def _national_id(one: Person, other: Person) -> Evidence | None:
    a, b = one.national_id, other.national_id
    if not a or not b:
        return None
    if a == b:
        return Evidence("national_id", "for", _SAME_NUMBER, "Cùng số CCCD")
    if len(a) == len(b) and one_slip(a, b):
        return Evidence("national_id", "against", -5, "Số CCCD chỉ khác một chữ số")
    return Evidence("national_id", "against", -50, "Khác số CCCD")


def _card(one: Person, other: Person) -> Evidence | None:
    if not one.cards or not other.cards:
        return None
    if set(one.cards) & set(other.cards):
        return Evidence("card_number", "for", _SAME_NUMBER, "Cùng số thẻ đảng viên")
    # Cards were exchanged in 2025: another number is no evidence.
    return Evidence("card_number", "neutral", 0, "Số thẻ đảng viên khác nhau (thẻ có thể đã đổi)")


def _old_number(one: Person, other: Person) -> Evidence | None:
    if not one.old_id_number or not other.old_id_number:
        return None
    if one.old_id_number == other.old_id_number:
        return Evidence("old_id_number", "for", _SAME_OLD_NUMBER, "Cùng số CMND cũ")
    return Evidence("old_id_number", "against", -15, "Khác số CMND cũ")


def _gender(one: Person, other: Person) -> Evidence | None:
    if not one.gender or not other.gender:
        return None
    if one.gender == other.gender:
        return Evidence("gender", "for", 2, "Cùng giới tính")
    return Evidence("gender", "against", -30, "Khác giới tính")


@lru_cache(maxsize=65_536)
def _place(text: str) -> frozenset[str]:
    kinds = {"xa", "phuong", "thi", "tran", "huyen", "quan", "tinh", "thanh", "pho"}
    return frozenset(fold(text).replace(",", " ").replace(".", " ").replace("-", " ").split()) - kinds


def _home_town(one: Person, other: Person) -> Evidence | None:
    a, b = _place(one.home_town), _place(other.home_town)
    if not a or not b:
        return None
    if a == b:
        return Evidence("home_town", "for", 12, "Cùng quê quán")
    if a <= b or b <= a:
        return Evidence("home_town", "for", 8, "Quê quán phù hợp, một bên ghi gọn hơn")
    return Evidence("home_town", "against", -6, "Quê quán ghi khác nhau")


def _admitted(one: Person, other: Person) -> Evidence | None:
    if one.admitted_on is None or other.admitted_on is None:
        return None
    if one.admitted_on == other.admitted_on:
        return Evidence("admitted_on", "for", 20, "Cùng ngày kết nạp")
    return Evidence("admitted_on", "against", -8, "Khác ngày kết nạp")


def _organisation(one: Person, other: Person) -> Evidence | None:
    if one.organisation is None or one.organisation != other.organisation:
        return None
    return Evidence("organisation", "for", 6, "Cùng chi bộ")


_NUMBERS: Sequence[Callable[[Person, Person], Evidence | None]] = (_national_id, _card, _old_number)
_OTHERS: Sequence[Callable[[Person, Person], Evidence | None]] = (
    _gender,
    _home_town,
    _admitted,
    _organisation,
)


def _likeness(field: str, table: dict[str, tuple[int, str]], found: str) -> Evidence:
    points, said = table[found]
    bearing: Bearing = "for" if points > 0 else "against" if points < 0 else "neutral"
    return Evidence(field, bearing, points, said)


def evidence(one: Person, other: Person) -> tuple[Evidence, ...]:
    """All that the fields of two entries say, the numbers first. Symmetric: the order of the two does not matter."""
    found = [say(one, other) for say in _NUMBERS]
    if one.folded and other.folded:
        found.append(_likeness("full_name", _NAME, name_likeness(one, other)))
    found.append(_likeness("birth_date", _BIRTH, birth_likeness(one, other)))
    found += [say(one, other) for say in _OTHERS]
    return tuple(one_ for one_ in found if one_ is not None)
