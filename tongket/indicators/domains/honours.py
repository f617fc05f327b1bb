"""Badges for years in the Party, and commendations."""

from collections.abc import Iterator
from functools import partial

from tongket.core import codelists as codes

from ..model import Condition, Count, Indicator, Is, Not

_badges = partial(
    Indicator, domain="honours", unit="huy hiệu", units_en="badges", form="Biểu 7", basis="badge.marks"
)
# Marks of the regulations in force at any time; a mark not yet or no longer given simply counts nothing.
MARKS = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95)


def _badge(key: str, vi: str, en: str, *conditions: Condition, basis: str = "badge.marks") -> Indicator:
    return _badges(f"honours.badges.{key}", vi, en, formula=Count("badges", "flow", conditions), basis=basis)


def _commended(kind: str, word: str, vi: str, en: str) -> Iterator[Indicator]:
    make = partial(Indicator, domain="honours", unit=vi, units_en=en)
    recipient = Is("recipient_kind", kind)
    yield make(
        f"honours.commended_{word}",
        f"{vi.capitalize()} được khen thưởng",
        f"Commended {en}",
        formula=Count("commendations", "flow", (recipient,)),
        good="up",
    )
    for field, codelist in (("form", codes.COMMENDATION_FORM), ("giver", codes.GIVER)):
        for code in codelist.codes:
            yield make(
                f"honours.commended_{word}.{code.code}",
                f"{vi.capitalize()} được khen thưởng: {code.vi}",
                f"Commended {en}: {code.en}",
                formula=Count("commendations", "flow", (recipient, Is(field, code.code))),
            )


INDICATORS: tuple[Indicator, ...] = (
    _badges("honours.badges", "Huy hiệu Đảng đã trao", "Badges given", formula=Count("badges", "flow")),
    *(
        _badge(str(mark), f"Huy hiệu {mark} năm tuổi Đảng", f"Badges of {mark} years", Is("mark", mark))
        for mark in MARKS
    ),
    _badge(
        "other_marks",
        "Huy hiệu Đảng ở mức khác",
        "Badges of other marks",
        Not("mark", *MARKS),
    ),
    *(
        _badge(
            f"round.{code.code}",
            f"Huy hiệu Đảng trao {code.vi.lower()}",
            f"Badges: {code.en}",
            Is("round", code.code),
            basis="badge.days",
        )
        for code in codes.AWARD_ROUND.codes
    ),
    _badge(
        "posthumous",
        "Huy hiệu Đảng truy tặng",
        "Badges given after death",
        Is("posthumous", True),
        basis="badge.death",
    ),
    _badge("early", "Huy hiệu Đảng trao sớm", "Badges given early", Is("early", True), basis="badge.early"),
    _badge("women", "Huy hiệu Đảng trao cho đảng viên nữ", "Badges to women", Is("gender", "female")),
    *_commended("collective", "collectives", "tập thể", "collectives"),
    *_commended("individual", "individuals", "cá nhân", "individuals"),
)
