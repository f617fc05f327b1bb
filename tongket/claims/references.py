"""References to papers in running text, in all the forms that offices write: full, short, in lists, by plenum.

The readers of dates and bodies are those of `core.references`; here come the forms that a register would refuse but a
text uses: swapped marks (05/CT-TW), TƯ for TW, a tail shared by several numbers (217, 218-QĐ/TW), a number without a
tail (Chỉ thị 05), papers named by the plenum that passed them (Nghị quyết TW6, TW7 (khóa XIII)), State papers.
Every pattern has bounded repetitions: the time grows with the length of the text only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from tongket.claims.model import PaperReference
from tongket.claims.reference_binding import bound
from tongket.core.references import KIND_WORDS, body_level, kinds_of, letters_of, read_day, read_issuer
from tongket.core.text import tidy

__all__ = ["STATE_KINDS", "find_paper_references", "letters_in", "spelled_kind"]

#: Kinds of State papers that the Party's list does not have, by the letters of their symbols.
STATE_KINDS = {"NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "QH": "Luật"}
_OTHER_WORDS = (*STATE_KINDS.values(), "Tờ trình", "Biên bản", "Pháp lệnh")
# Letters met in symbols beside those of the register's own list of kinds.
_OTHER_LETTERS = frozenset({"QĐI", "QĐNS", "QYĐ", "TTR", "BB", "NĐ", "TTLT", "GM", "PA", "ĐL"})

_S = r"\s{0,2}"
_NUMBER = r"[0-9]{1,5}"
_DASH = r"[-–\u2011/]"
_BODY = r"[A-ZĐƯ][A-Za-zĐđƯư]{1,13}[0-9]{0,2}"
_LETTER = r"[A-ZĐ][A-Za-zĐđ]{1,3}"
_LIST = rf"{_NUMBER}(?:{_S}(?:,|;|và|\+){_S}{_NUMBER}){{0,9}}"
_MARK = rf"(?:{_S}{_DASH}{_S}|\s)"
# 33-NQ/TU, 05/CT-TW, 12- KL/TW, 09 KH/ĐU, 217, 218-QĐ/TW; 56/2015/NĐ-CP, 11/NQ-HĐND, 59/2020/QH14
_CODE = re.compile(
    rf"(?<![\w/.,-])(?P<numbers>{_LIST})(?:"
    rf"{_S}/{_S}(?P<year>(?:19|20)[0-9]{{2}}){_S}[/-]{_S}(?:(?P<state>{_LETTER}){_S}[-–]{_S}(?P<sbody>{_BODY})|(?P<qh>QH[0-9]{{1,2}}))"
    rf"|(?P<mark>{_MARK})(?P<letters>{_LETTER}){_S}(?P<second>{_DASH}){_S}(?P<body>{_BODY})"
    r")(?![\w/])"
)

_KIND_NAMES = {**KIND_WORDS, **{word.casefold(): "" for word in _OTHER_WORDS}}
_KIND = "|".join(
    re.escape(word).replace("\\ ", r"\s{1,3}") for word in sorted(_KIND_NAMES, key=len, reverse=True)
)
_KIND_RESTS = "|".join(
    re.escape(word[1:]).replace("\\ ", r"\s{1,3}") for word in sorted(_KIND_NAMES, key=len, reverse=True)
)
_SPELLED = re.compile(_KIND, re.IGNORECASE)
# The first letter stands outside the flag, so that the engine can leap to it: a text of digits costs nothing.
_FIRST = "".join(sorted({c for word in _KIND_NAMES for c in (word[0], word[0].upper())}))
_HEAD = re.compile(
    rf"[{_FIRST}](?<![^\W\d_].)(?P<rest>(?i:{_KIND_RESTS}|Q|T|L))(?i:(?P<no>\s{{1,3}}số)?{_S}:?{_S})"
)
# What every symbol has: a mark, the letters of the kind, a mark.
_ANCHOR = re.compile(rf"[-–\u2011/\s]\s{{0,2}}(?:{_LETTER}{_S}{_DASH}|QH[0-9])")
_CODE_LONGEST, _BODY_LONGEST = 90, 24
_SHORT_KINDS = frozenset({"NQ", "CT", "KL"})
_NUMBERS_ONLY = re.compile(rf"{_LIST}(?![\w%/.,–-]*[0-9%])(?!{_S}[/%–-])(?![\w])")
_STATE_SHORT = re.compile(rf"({_NUMBER}){_S}/{_S}((?:19|20)[0-9]{{2}})(?![\w/.-])")
# Common nouns that a bare number may stand before without being a verb's object: "chỉ thị 05", not "quy định 30 ngày".
_SAFE_IN_SMALL = frozenset({"nghị quyết", "chỉ thị", "công văn", "nghị định", "thông tư"})
# "Kết luận 12 cuộc kiểm tra", "Kế hoạch 5 năm", "Báo cáo 6 tháng": the number counts what follows.
_COUNTED = re.compile(
    r"\s{0,2}(?:năm(?!\s{1,2}(?:19|20)[0-9]{2}(?!\s{0,2}[-–]))|tháng|quý|tuần|ngày(?!\s{0,2}[0-9])|giờ|phút|cuộc|vụ|trường\s{1,2}hợp|đồng\s{1,2}chí|đ/c"
    r"|đảng\s{1,2}viên|tổ|chi|đảng|tập\s{1,2}thể|cá\s{1,2}nhân|điểm|nội\s{1,2}dung|nhiệm\s{1,2}vụ|mục|chỉ\s{1,2}tiêu|lớp"
    r"|lượt|văn\s{1,2}bản|người|triệu|tỷ|tỉ|nghìn|ngàn|xã|phường|đơn\s{1,2}vị|cơ\s{1,2}quan|bước|nhóm|giải\s{1,2}pháp|vấn"
    r"|mô\s{1,2}hình|công\s{1,2}trình|đoàn|thôn|khu|hộ|ý\s{1,2}kiến|đối\s{1,2}tượng|quần|đại|ban|kỳ|đợt|khâu|trọng|chương|kế)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)

_ORDER_WORDS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14, "mười lăm": 15,
}  # fmt: skip
_ROMAN = r"[IVX]{1,5}"
_NTH = "|".join(
    sorted((re.escape(w).replace("\\ ", r"\s{1,2}") for w in _ORDER_WORDS), key=len, reverse=True)
)
_CENTRE = r"(?:TW|TƯ|T\.Ư|Trung\s{1,2}ương)"
_KHOA = r"kh[óo][áa]?"
_CONGRESS = (
    rf"{_S}[,(]?{_S}{_KHOA}{_S}(?P<terms>{_ROMAN}(?:{_S}(?:,|và){_S}(?:{_KHOA}{_S})?{_ROMAN}){{0,3}})(?![^\W_])"
    rf"(?:{_S}\))?"
)
_PLENUM = re.compile(
    rf"(?:(?:của{_S})?Hội\s{{1,2}}nghị\s{{1,2}}(?:lần\s{{1,2}}thứ\s{{1,2}}(?P<nth>[0-9]{{1,2}}|{_NTH})(?![^\W\d_])"
    rf"(?:,?\s{{1,2}}(?:của\s{{1,2}})?(?:BCH|BCHTW|Ban\s{{1,2}}Chấp\s{{1,2}}hành)?{_S}{_CENTRE}?(?:\s{{1,2}}Đảng)?)"
    rf"|{_CENTRE}{_S}(?:lần\s{{1,2}}thứ\s{{1,2}})?(?P<numbers>[0-9]{{1,2}}(?:{_S}(?:,|và){_S}(?:{_CENTRE}{_S})?[0-9]{{1,2}}){{0,9}}))"
    rf"|{_CENTRE}{_S}(?P<bare>[0-9]{{1,2}}(?:{_S}(?:,|và){_S}(?:{_CENTRE}{_S})?[0-9]{{1,2}}){{0,9}}))"
    rf"(?![\w/%])(?:{_CONGRESS})?",
    re.IGNORECASE,
)
_OF_PLENUM = re.compile(r"[\s,]{0,3}của\s{1,3}", re.IGNORECASE)
_ONE_NUMBER = re.compile(_NUMBER)
_ONE_TERM = re.compile(_ROMAN)
_NUMBERED = re.compile(rf"(?:{_CENTRE}{_S})?(?:[0-9]{{1,2}}|{_NTH})", re.IGNORECASE)
_JOIN = re.compile(r"\s{0,2}(?:,|;|và)\s{0,2}(?:số\s{0,2})?")
_MANY = re.compile(r"(?:các|những|hai|ba|bốn)\s{1,2}$", re.IGNORECASE)


def find_paper_references(text: str) -> tuple[PaperReference, ...]:
    """Every reference to a paper, in the order of the text; short ones bound to the full one that they repeat.

    `kind` is the kind that the text names in words, else what the letters say ("" where neither decides); whether the
    two agree is for `reference_checks.judge`. A list with one tail ("217, 218-QĐ/TW") and a list of plenums ("TW6,
    TW7 (khóa XIII)") give one reference for each paper.
    """
    found: list[PaperReference] = []
    starts = list(_starts(text))
    places = [start for start, _match in starts]
    for start, match in starts:
        if found and start < found[-1].end:
            continue
        found.extend(_made(text, start, match, places, found[-1] if found else None))
    return tuple(bound(found))


def letters_in(symbol: str) -> str:
    """The letters of the kind in a normalised symbol: "QĐi" of "05-QĐi/TW", "NĐ" of "56/2015/NĐ-CP"."""
    last = symbol.replace("/", "-").split("-")
    named = [part for part in last[1:-1] if not part.isdecimal()]
    return named[0] if named else "QH" if last[-1].startswith("QH") else ""


def spelled_kind(reference: PaperReference) -> str:
    """The word for the kind with which the reference begins, as written; "" when it begins with its number."""
    found = _SPELLED.match(reference.text)
    return found.group() if found else ""


# --- where references begin -----------------------------------------------------------------------------------


def _starts(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where something may begin: a kind's word, or a code without one; in order of the text."""
    codes = _codes(text)
    code = next(codes, None)
    for head in _HEAD.finditer(text):
        word = _word(head)
        if word.casefold() not in _KIND_NAMES and word not in _SHORT_KINDS:
            continue
        while code is not None and code.start() < head.start():
            yield code.start(), code
            code = next(codes, None)
        yield head.start(), head
    while code is not None:
        yield code.start(), code
        code = next(codes, None)


def _word(head: re.Match[str]) -> str:
    """The word for the kind, as written, with single spaces."""
    return " ".join(head.string[head.start() : head.end("rest")].split())


def _codes(text: str) -> Iterator[re.Match[str]]:
    """Every symbol of the text, found from the letters in its middle."""
    at = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() < at:
            continue
        window = max(at, anchor.start() - _CODE_LONGEST), min(len(text), anchor.end() + _BODY_LONGEST)
        found = _CODE.search(text, *window)
        if found is not None and _is_code(found):
            at = found.end()
            yield found


def _is_code(found: re.Match[str]) -> bool:
    letters = found.group("letters")
    if letters is None:
        return True
    known = bool(kinds_of(letters)) or letters.upper() in _OTHER_LETTERS
    # "12 KH/ĐU" without any mark needs a body of the Party: "5 BC và" is none.
    return known and (bool(found.group("mark").strip()) or bool(body_level(found.group("body"))))


def _made(
    text: str, start: int, match: re.Match[str], places: list[int], before: PaperReference | None
) -> list[PaperReference]:
    if match.re is _CODE:
        limit = _limit(text, match.end(), places)
        return _coded(text, start, match, limit, _kind_carried(text, start, match, before))
    word = _word(match).casefold()
    kind, at = _KIND_NAMES.get(word, word.upper()), match.end()
    code = _CODE.match(text, at)
    if code is not None and _is_code(code):
        return _coded(text, start, code, _limit(text, code.end(), places), kind)
    plenum = _PLENUM.match(text, at)
    if plenum is not None:
        return _of_plenums(text, start, plenum, kind)
    return _short(text, match, word, kind, places)


def _limit(text: str, at: int, places: list[int]) -> int:
    """Where what belongs to a paper must end: where the next one begins."""
    following = bisect_left(places, at)
    return places[following] if following < len(places) else len(text)


def _kind_carried(text: str, start: int, code: re.Match[str], before: PaperReference | None) -> str | None:
    """ "các Quy định số 37-QĐ/TW, 41-QĐ/TW": the word of the first goes for the second of the same letters."""
    if before is None or start - before.end > 12 or not _JOIN.fullmatch(text, before.end, start):
        return None
    letters = letters_in(before.symbol)
    return before.kind if letters and letters == code.group("letters") else None


# --- a symbol -------------------------------------------------------------------------------------------------


def _coded(text: str, start: int, code: re.Match[str], limit: int, kind: str | None) -> list[PaperReference]:
    """One reference for each number before the tail; date and body belong to all of them."""
    day, issuer, plenum, end = _date_and_body(text, code.end(), limit)
    numbers = [(int(one.group()), one.start()) for one in _ONE_NUMBER.finditer(code.group("numbers"))]
    if (
        start == code.start() and len(numbers) > 1
    ):  # no word before it: the numbers before may count something else
        numbers, start = numbers[-1:], code.start("numbers") + numbers[-1][1]
    base, made = code.start("numbers"), []
    for place, (number, offset) in enumerate(numbers):
        symbol, letters = _symbol(number, code)
        own = _ONE_NUMBER.match(text, base + offset)
        last = place == len(numbers) - 1
        begins = start if place == 0 else base + offset
        ends = end if last else own.end() if own else begins + 1
        made.append(
            PaperReference(
                begins, ends, text[begins:ends], _kind_of(kind, letters), number, symbol, day, issuer, plenum
            )
        )
    return made


def _kind_of(word: str | None, letters: str) -> str:
    if word is not None:
        return word
    if letters.upper() in {"QĐI", "QYĐ"}:
        return "QyĐ"
    if letters.upper() == "QĐNS":  # a decision on staff
        return "QĐ"
    kinds = kinds_of(letters)
    return kinds[0] if len(kinds) == 1 else ""


def _symbol(number: int, code: re.Match[str]) -> tuple[str, str]:
    """The normalised symbol and the letters in it. Of the Party 05-CT/TW whatever the marks, TƯ as TW."""
    if code.group("qh"):
        return f"{number:02d}/{code.group('year')}/{code.group('qh')}", "QH"
    if code.group("year"):
        return f"{number:02d}/{code.group('year')}/{code.group('state')}-{code.group('sbody')}", code.group(
            "state"
        )
    letters, body = code.group("letters"), code.group("body")
    if body_level(body):
        kinds = kinds_of(letters)
        written = letters_of(kinds[0]) if kinds else letters
        return f"{number:02d}-{written}/{_body(body)}", written
    first, second = code.group("mark").strip() or "-", code.group("second")
    return f"{number:02d}{first}{letters}{second}{body}".replace("–", "-"), letters


def _body(body: str) -> str:
    upper = body.upper()
    return upper[:-2] + "TW" if upper.endswith("TƯ") else body if body[1:2] == "h" else upper


def _date_and_body(text: str, at: int, limit: int) -> tuple[date | None, str, str, int]:
    """Date, issuing body, plenum, and the end of what belongs to the paper before `limit`."""
    day, at = read_day(text, at, limit)
    of = _OF_PLENUM.match(text, at, limit)
    plenum = _PLENUM.match(text, of.end()) if of else None
    if plenum is not None:
        issuer, at = tidy(plenum.group()).removeprefix("của "), plenum.end()
    else:
        issuer, at = read_issuer(text, at, limit)
    if day is None:
        day, at = read_day(text, at, limit)
    names = _plenums(plenum) if plenum else []
    return day, issuer, names[0] if len(names) == 1 else "", at


# --- plenums --------------------------------------------------------------------------------------------------


def _plenums(found: re.Match[str]) -> list[str]:
    """ "6/XIII" for each plenum named; "4/" where the term is not said."""
    if found.group("nth"):
        said = " ".join(found.group("nth").casefold().split())
        numbers = [int(said) if said.isdecimal() else _ORDER_WORDS[said]]
    else:
        numbers = [
            int(one) for one in re.findall(r"[0-9]{1,2}", found.group("numbers") or found.group("bare"))
        ]
    terms = _ONE_TERM.findall(found.group("terms") or "") or [""]
    return [f"{number}/{term}" for number in numbers for term in terms]


def _of_plenums(text: str, start: int, found: re.Match[str], kind: str) -> list[PaperReference]:
    """Papers named by the plenum only: the link goes to the plenum, whose papers may be several."""
    names = _plenums(found)
    group = "nth" if found.group("nth") else "numbers" if found.group("numbers") else "bare"
    cuts = [found.start(group) + one.start() for one in _NUMBERED.finditer(found.group(group))]
    ends = [found.start(group) + one.end() for one in _NUMBERED.finditer(found.group(group))]
    if len(cuts) != len(names):  # one plenum number with several terms: "Trung ương 4 khóa XI, XII"
        terms = list(_ONE_TERM.finditer(found.group("terms") or ""))
        if len(terms) != len(names):
            terms, names = terms[:1], names[:1]
        cuts = [found.start("terms") + one.start() for one in terms]
        ends = [found.start("terms") + one.end() for one in terms]
    cuts[0], ends[-1] = start, found.end()
    return [
        PaperReference(cut, end, text[cut:end], kind, None, "", None, "", name)
        for cut, end, name in zip(cuts, ends, names, strict=True)
    ]


# --- short forms ----------------------------------------------------------------------------------------------


def _short(text: str, head: re.Match[str], word: str, kind: str, places: list[int]) -> list[PaperReference]:
    """A kind and a number without a tail: "Chỉ thị 05", "Kết luận 21 của Hội nghị Trung ương 4 (khóa XIII)"."""
    start = head.start()
    state = _STATE_SHORT.match(text, head.end())
    if state is not None and kind in {"", "NQ", "QĐ", "CT"}:
        day, issuer, _plenum, end = _date_and_body(text, state.end(), _limit(text, state.end(), places))
        number = int(state.group(1))
        return [PaperReference(start, end, text[start:end], kind, number, "", day, issuer)]
    found = _NUMBERS_ONLY.match(text, head.end())
    if found is None or not _may_stand_bare(text, head, found, word):
        return []
    numbers = [(int(one.group()), one.span()) for one in _ONE_NUMBER.finditer(found.group())]
    if len(numbers) > 1 and not _MANY.search(text, max(0, start - 8), start):
        numbers = numbers[:1]
    stop = head.end() + numbers[-1][1][1]
    day, issuer, plenum, end = _date_and_body(text, stop, _limit(text, stop, places))
    made = []
    for place, (number, (first, after)) in enumerate(numbers):
        begins = start if place == 0 else head.end() + first
        ends = end if place == len(numbers) - 1 else head.end() + after
        # What a plenum passed bears the Centre's tail; other short forms wait for the full one that they repeat.
        symbol = f"{number:02d}-{letters_of(kind)}/TW" if plenum and kind else ""
        made.append(
            PaperReference(begins, ends, text[begins:ends], kind, number, symbol, day, issuer, plenum)
        )
    return made


def _may_stand_bare(text: str, head: re.Match[str], found: re.Match[str], word: str) -> bool:
    if _COUNTED.match(text, found.end()):
        return False
    if head.group("no"):
        return True
    if not text[head.start()].isupper() and word not in _SAFE_IN_SMALL:
        return False
    first = _ONE_NUMBER.match(found.group())
    return first is not None and not re.fullmatch(r"(?:19|20)[0-9]{2}", first.group())
