"""What is read in a text: numbers, the claims that they make, references, people, bodies, and verdicts on them.

Positions are offsets into the text as given to `read` (after `drafts` has put it into NFC); a position never moves.
Every number of the text belongs to exactly one claim, so that what was read can be counted against what was judged.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Verdict = Literal["right", "wrong", "doubtful", "not_checked"]
#: From the worst: a claim judged by several checks has the worst of their verdicts, "not_checked" only if all are.
ORDER: tuple[Verdict, ...] = ("wrong", "doubtful", "right", "not_checked")

Role = Literal[
    "count",  # 88 đảng viên
    "percent",  # 98,11%
    "points",  # tăng 1,71 điểm phần trăm
    "amount",  # 1,5 triệu đồng; 3.630 ha
    "date",  # 28/12/2023, 20/11, tháng 10 năm 2017 (one number for the whole date)
    "year",  # năm 2023
    "span",  # nhiệm kỳ 2020-2025
    "ordinal",  # lần thứ 11, khóa XXV, đợt 2, quý I, 6 tháng đầu năm
    "mark",  # Huy hiệu 30 năm tuổi Đảng
    "age",  # 55 năm kết nghĩa, 18 tuổi
    "code",  # the number of a paper
    "name",  # Chi bộ khối 6, Điều 32, TW7
    "other",
]

Kind = Literal[
    "count",
    "pair",  # a/b, a trong tổng số b
    "share",  # a percentage, alone or with its count
    "target",  # đạt or vượt p% (or n) of a target
    "change",  # against an earlier time
    "new_total",  # nâng tổng số … lên n
    "date",
    "span",
    "reference",
    "plain",  # a number that makes no claim: ordinal, mark, age, part of a name
]


@dataclass(frozen=True, slots=True)
class Number:
    """One number as printed. `decimals` are the digits printed after the comma; `worded` is written in words."""

    start: int
    end: int
    text: str
    value: Decimal
    role: Role
    decimals: int = 0
    worded: bool = False
    on: date | None = (
        None  # of a whole date; the first day of a month with its year; None for days that do not exist
    )
    scale: int = 1  # 1000 in “72 ngàn”: `value` is 72000, `decimals` are those printed before the word


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `numbers` are positions in `Reading.numbers`, in the order of the text.

    `subject` are the words that say what is counted, folded (`core.text.fold`), as "ket nap dang vien moi"; `unit` the
    unit's word folded ("dang vien", "tccs dang", "dong chi"). `bound` is how the number is hedged. `base` is the claim
    whose number a share is of, when the text says so; `within` the claim of which this is a part ("trong đó", "gồm").
    `tense`: goals and estimates are no results. `period` is the period that the text gives ("2023", "2023-H1", "").
    """

    kind: Kind
    start: int
    end: int
    text: str
    numbers: tuple[int, ...]
    sentence: int
    subject: str = ""
    unit: str = ""
    bound: Literal["", "over", "near", "at_least", "under", "about"] = ""
    direction: Literal["", "up", "down"] = ""  # of a change; "up" of a target: over it
    base: int | None = None
    within: int | None = None
    tense: Literal["done", "goal", "estimate"] = "done"
    period: str = ""
    body: str = ""  # the organisation the text speaks of here, as written
    counted: int | None = (
        None  # the claim whose number a share, target or change speaks of: 88 of “vượt 3,5%”
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """A person with posts, or a body. `subject`: "Đinh Nguyên Vũ"; `posts`: ("Tỉnh ủy viên", "Bí thư Huyện ủy")."""

    kind: Literal["person", "body"]
    start: int
    end: int
    text: str
    subject: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperReference:
    """A reference to a paper: "Nghị quyết số 33-NQ/TU ngày 20/11/2023 của Ban Thường vụ Tỉnh ủy", "Nghị quyết TW6 (khóa
    XIII)". `kind` is a code of `DOCUMENT_KIND` ("" unknown); `full` the position of the full reference that this short
    one repeats."""

    start: int
    end: int
    text: str
    kind: str
    number: int | None
    symbol: str
    on: date | None
    issuer: str
    plenum: str = ""  # "6/XIII": a plenum with several papers
    full: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in a text."""

    text: str
    numbers: tuple[Number, ...]
    claims: tuple[Claim, ...]
    references: tuple[PaperReference, ...]
    mentions: tuple[Mention, ...]
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one check says of one claim, reference or mention.

    `expected` is what should stand there, as it would be printed ("" when unknown); `start`, `end` the place to put it.
    `reason` is a sentence for the clerk, with the numbers and the base of every percentage. `indicator` and `records`
    (addresses or titles) come from the check against the records.
    """

    verdict: Verdict
    check: Literal["arithmetic", "records", "register"]
    reason: str
    expected: str = ""
    start: int | None = None
    end: int | None = None
    indicator: str = ""
    data: dict[str, str] = field(default_factory=dict)
