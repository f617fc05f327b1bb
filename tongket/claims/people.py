"""People with their posts, and bodies, in running text. Precision first: what may be a street or a byline is left out.

A person is known by a form of address ("đồng chí", "ông", "bà", a rank) or by a post before the name ("Bí thư Huyện ủy
Đinh Nguyên Vũ"); a name alone is no mention. Posts follow after a comma or a dash, each beginning with a word for a
post; a comma before anything else ends the person. Capitals throughout are a byline or a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from tongket.claims.model import Mention
from tongket.claims.posts import BODY, NAME_WORD, POST, SURNAMES, TITLE, UNIT_WORDS, VERB
from tongket.core.text import tidy

__all__ = ["find_mentions"]

# Where a word begins that may be one of these; the engine leaps to it, so that digits cost nothing.
_MAY_START = re.compile(r"[A-ZĐÔUỦa-uđôủ](?<![^\W_].)")
_MAY_BE_BODY = re.compile(r"[A-ZĐỦ](?<![^\W_].)")
_START = re.compile(rf"(?<![^\W_])(?:(?P<title>{TITLE})(?![^\W_])|(?P<post>{POST}))")
_GAP = re.compile(r"\s{0,2}:?\s{1,2}|\s{0,2}:\s{0,2}")
_NAME = re.compile(rf"{NAME_WORD}(?:\s{{1,2}}{NAME_WORD}){{0,7}}(?![^\W_])")
_POST = re.compile(POST)
_VERB = re.compile(rf"\s{{1,2}}{VERB}(?![^\W_])")
_SEPARATOR = re.compile(r"\s{0,2}(?:,|\s[-–—]|–|—)\s{1,2}|\s{0,2}[–—]\s{0,2}|\s{0,2}\(\s{0,2}")
_NEXT_NAME = re.compile(r"\s{0,2}(?:,|;|và|\bcùng)\s{1,2}")
_AND_POST = re.compile(r"\s{1,2}kiêm\s{1,2}")
_WORD = re.compile(r"\s{1,2}(?:[-–]\s{1,2})?([^\W\d_]+(?:['’][^\W\d_]+)?|[0-9]{1,2}(?=[^\w/%.,]|$))")
_UNIT_BEFORE = re.compile(r"(?:xã|phường|trấn|huyện|tỉnh|phố|quận|khu|thôn|trường|đường)$", re.IGNORECASE)
_MIDDLE = frozenset(
    (
        "Thị",
        "Văn",
        "Hữu",
        "Đức",
        "Ngọc",
        "Quang",
        "Xuân",
        "Thanh",
        "Công",
        "Quốc",
        "Hồng",
        "Bá",
        "Duy",
        "Tấn",
        "Viết",
    )
)
#: Names that stand in the names of streets, schools, movements and cities.
_NOT_PEOPLE = frozenset({"Hồ Chí Minh", "Bác Hồ"})
_LONGEST_POST, _MOST_POSTS, _MOST_WORDS = 120, 8, 22


def find_mentions(text: str) -> tuple[Mention, ...]:
    """People and bodies in the order of the text; a body that is part of somebody's post is not told apart."""
    people = list(_people(text))
    starts = [one.start for one in people]
    bodies = []
    at = 0
    for begins in _MAY_BE_BODY.finditer(text):
        found = BODY.match(text, begins.start()) if begins.start() >= at else None
        if found is None:
            continue
        at = found.end()
        place = bisect_left(starts, found.end()) - 1
        if place >= 0 and people[place].end > found.start():
            continue
        bodies.append(Mention("body", found.start(), found.end(), found.group(), _plain(found.group())))
    return tuple(sorted([*people, *bodies], key=lambda one: one.start))


def _plain(written: str) -> str:
    return tidy(written).replace("uỷ", "ủy").replace("Uỷ", "Ủy")


# --- people ---------------------------------------------------------------------------------------------------


def _people(text: str) -> Iterator[Mention]:
    at = 0
    for begins in _MAY_START.finditer(text):
        start = _START.match(text, begins.start()) if begins.start() >= at else None
        if start is None:
            continue
        found = list(_with_title(text, start)) if start.group("title") else []
        reached = start.end()
        if start.group("post"):
            found, reached = _with_post(text, start.start(), None)
        yield from found
        at = max(start.end(), reached, found[-1].end if found else 0)


def _with_title(text: str, start: re.Match[str]) -> Iterator[Mention]:
    """After a form of address: a name and its posts, or posts and then the name; then further names of a list."""
    gap = _GAP.match(text, start.end())
    if gap is None:
        return
    if _POST.match(text, gap.end()):
        yield from _with_post(text, gap.end(), start.start())[0]
        return
    name = _name(text, gap.end(), titled=True)
    if name is None:
        return
    yield from _listed(text, start.start(), name)


def _listed(text: str, start: int, name: tuple[str, int]) -> Iterator[Mention]:
    """The person and, without a new form of address, those who follow in the same list."""
    for _ in range(30):
        posts, end = _posts(text, name[1])
        yield Mention("person", start, end, text[start:end], name[0], posts)
        more = _NEXT_NAME.match(text, end)
        if more is None or _START.match(text, more.end()):
            return
        following = _name(text, more.end(), titled=False)
        if following is None or following[0].split()[0] not in SURNAMES:
            return
        start, name = more.end(), following


def _name(text: str, at: int, *, titled: bool) -> tuple[str, int] | None:
    """A personal name at `at` and its end; None for what is none. Without a title a family name must begin it."""
    found = _NAME.match(text, at)
    if found is None or BODY.match(text, at):
        return None
    words = found.group().split()
    if not 2 <= len(words) <= 5 or " ".join(words) in _NOT_PEOPLE:
        return None
    if words[0] not in SURNAMES and not (titled and len(words) <= 4 and _acts_or_holds(text, found.end())):
        return None
    return " ".join(words), found.end()


def _acts_or_holds(text: str, at: int) -> bool:
    separator = _SEPARATOR.match(text, at)
    return bool(_VERB.match(text, at) or (separator and _POST.match(text, separator.end())))


def _with_post(text: str, at: int, start: int | None) -> tuple[list[Mention], int]:
    """A chain of posts and then the name: "đồng chí Bí thư Huyện ủy Đinh Nguyên Vũ", "Chủ tịch UBND xã Lê Văn Hòa".

    With the place up to which there is nothing more to find.
    """
    begins, posts = at if start is None else start, []
    for _ in range(_MOST_POSTS):
        post, end, name = _post_then_name(text, at)
        if not post:
            return [], end
        posts.append(post)
        if name is not None:
            following, after = _posts(text, name[1])
            chain = (*posts, *following)
            return [Mention("person", begins, after, text[begins:after], name[0], chain)], after
        separator = _SEPARATOR.match(text, end)
        if separator is None:
            return [], end
        if not _POST.match(text, separator.end()):
            # "…, Bí thư Huyện ủy, Nguyễn Văn A phát biểu": only with a verb, else the comma ends it.
            found = _name(text, separator.end(), titled=False)
            if found is not None and start is not None and _VERB.match(text, found[1]):
                written = text[begins : found[1]]
                return [Mention("person", begins, found[1], written, found[0], tuple(posts))], found[1]
            return [], end
        at = separator.end()
    return [], at


def _posts(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The posts after a name, and the end of the last one."""
    posts: list[str] = []
    for _ in range(_MOST_POSTS):
        separator = _SEPARATOR.match(text, at) or (_AND_POST.match(text, at) if posts else None)
        if separator is None or not _POST.match(text, separator.end()):
            break
        end = _post_end(text, separator.end())
        posts.append(_plain(text[separator.end() : end]))
        at = end
        if "(" in separator.group() and text[at : at + 1] == ")":
            at += 1
            break
    return tuple(posts), at


def _post_end(text: str, at: int) -> int:
    """Where one post ends: its head, then words in capitals and the small words of bodies."""
    head = _POST.match(text, at)
    end = head.end() if head else at
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, end)
        if word is None or word.end() - at > _LONGEST_POST or _VERB.match(text, end):
            break
        written = word.group(1)
        if written == "và":
            following = _WORD.match(text, word.end())
            if (
                following is None
                or not following.group(1)[0].isupper()
                or _START.match(text, following.start(1))
            ):
                break
        elif not (written[0].isupper() or written.isdecimal() or written.casefold() in UNIT_WORDS):
            break
        end = word.end()
    return end


def _post_then_name(text: str, at: int) -> tuple[str, int, tuple[str, int] | None]:
    """One post at `at`, its end, and the name that follows it without a comma, if one does."""
    end = _post_end(text, at)
    written = text[at:end]
    run = re.search(rf"(?:{NAME_WORD}\s{{1,2}}){{1,7}}{NAME_WORD}$", written[-80:])
    if run is None:
        return _plain(written), end, None
    offset = end - len(run.group())
    words = [(one.group(), offset + one.start()) for one in re.finditer(r"\S+", run.group())]
    first = _first_of_name(text, words, text[max(at, offset - 12) : offset].rstrip(), end)
    if first is None:
        return _plain(written), end, None
    name = " ".join(word for word, _ in words[first:])
    if name in _NOT_PEOPLE:
        return "", end, None
    return _plain(text[at : words[first][1]]), end, (name, end)


def _first_of_name(text: str, words: list[tuple[str, int]], before: str, end: int) -> int | None:
    """Which word of a run of capitals begins the name: "Huyện ủy Quế Sơn Đinh Nguyên Vũ" is a place and a name."""
    does = bool(_VERB.match(text, end)) or bool(_SEPARATOR.match(text, end))
    count = len(words)
    tail = [place for place in range(count) if words[place][0] in SURNAMES and 2 <= count - place <= 4]
    if not tail:
        return None
    after_unit = bool(_UNIT_BEFORE.search(before))
    for place in tail:
        length, sure = count - place, words[place + 1][0] in _MIDDLE
        if place == 0 and after_unit:
            # "xã Lê Hồng Phong" is a ward; "xã Lê Văn Hòa phát biểu" a person.
            if length >= 3 and (sure or bool(_VERB.match(text, end))):
                return place
            continue
        if place == 1 or (length == 2 and not does):
            continue
        if place and length < 3 and not sure:
            continue
        return place
    return None
