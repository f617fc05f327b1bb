"""Rating rounds: the list, who is not to be rated and why, how far the chain is, special cases, corrections.

The ratings themselves are in `ratings`. A round counts for the period that it judges.
"""

from collections.abc import Iterator
from functools import partial

from tongket.core import codelists as codes

from ..model import Condition, Count, Indicator, Is, Known, Ratio, Unknown

_TO_RATE = Unknown("reason")


def _subject(subject: str, vi: str, en: str, unit: str) -> Iterator[Indicator]:
    make = partial(Indicator, domain="ratings", unit=unit, units_en=en)
    name = vi[0].upper() + vi[1:]

    def count(key: str, said: str, said_en: str, *conditions: Condition, basis: str = "") -> Indicator:
        return make(
            f"rounds.{subject}.{key}",
            f"{name} {said}",
            f"{en.capitalize()} {said_en}",
            formula=Count("rating_candidates", "flow", (Is("subject", subject), *conditions)),
            basis=basis,
        )

    yield count("listed", "trong danh sách đợt đánh giá", "on the lists of rating rounds")
    yield count("to_rate", "phải đánh giá trong đợt", "to be rated in the rounds", _TO_RATE)
    yield count(
        "excluded",
        "để ngoài diện đánh giá trong đợt",
        "left out of the rating rounds",
        Known("reason"),
        basis="rate.excluded",
    )
    for code in codes.NOT_RATED_REASON.codes:
        yield count(
            f"excluded.{code.code}",
            f"để ngoài diện đánh giá trong đợt: {code.vi}",
            f"left out of the rating rounds: {code.en}",
            Is("reason", code.code),
            basis="rate.excluded",
        )
    for key, field, said, said_en in (
        ("self_rated", "self_rated", "đã tự đánh giá", "that rated themselves"),
        ("voted", "voted", "đã biểu quyết tại hội nghị", "voted on by the meeting"),
        ("appraised", "appraised", "đã thẩm định", "appraised"),
        ("decided", "decided", "đã quyết định xếp loại trong đợt", "decided in the rounds"),
    ):
        yield count(key, said, said_en, _TO_RATE, Is(field, True))
    yield Indicator(
        f"rounds.{subject}.decided_pct",
        f"Tỷ lệ {vi} đã quyết định xếp loại trong đợt",
        f"Share of {en} decided in the rounds",
        unit="%",
        units_en="%",
        formula=Ratio(f"rounds.{subject}.decided", f"rounds.{subject}.to_rate"),
        domain="ratings",
        decimals=2,
        good="up",
    )
    yield count("special", "là trường hợp đặc biệt", "that are special cases", Is("special", True))
    yield count(
        "set_aside",
        "có kiểm tra tự động được bỏ qua kèm lý do",
        "for whom a check was set aside",
        Is("set_aside", True),
    )
    yield count(
        "corrected",
        "được đính chính kết quả sau quyết định",
        "corrected after the decision",
        Is("corrected", True),
    )


INDICATORS: tuple[Indicator, ...] = (
    *_subject("organisations", "tổ chức đảng", "organisations", "tổ chức"),
    *_subject("members", "đảng viên", "members", "đảng viên"),
)
