"""Campaigns of commendation: what was proposed, what the council thought, what was decided, certificates entered."""

from collections.abc import Iterator
from functools import partial

from ..model import Condition, Count, Indicator, Is, Unknown


def _of(word: str, kind: tuple[Condition, ...], vi: str, en: str) -> Iterator[Indicator]:
    make = partial(Indicator, domain="honours", unit="đề nghị", units_en="proposals")
    tail = f" {vi}" if vi else ""
    tail_en = f" of {en}" if en else ""
    for key, said, said_en, *conditions in (
        ("", "Đề nghị khen thưởng{}", "Commendations{} proposed"),
        (
            ".recommended",
            "Đề nghị khen thưởng{} được hội đồng đồng ý",
            "Commendations{} recommended by the council",
            Is("recommended", True),
        ),
        (
            ".not_recommended",
            "Đề nghị khen thưởng{} hội đồng không đồng ý",
            "Commendations{} not recommended by the council",
            Is("recommended", False),
        ),
        (
            ".commended",
            "Đề nghị khen thưởng{} đã có quyết định khen",
            "Commendations{} proposed and given",
            Is("commended", True),
        ),
        (
            ".refused",
            "Đề nghị khen thưởng{} không được khen",
            "Commendations{} proposed and refused",
            Is("commended", False),
        ),
        (
            ".undecided",
            "Đề nghị khen thưởng{} chưa quyết định",
            "Commendations{} proposed and not decided",
            Unknown("commended"),
        ),
        (
            ".certificates",
            "Giấy khen{} đã vào sổ",
            "Certificates{} entered in the register",
            Is("numbered", True),
        ),
    ):
        yield make(
            f"honours.proposals{word}{key}",
            said.format(tail),
            said_en.format(tail_en),
            formula=Count("commendation_proposals", "flow", (*kind, *conditions)),
        )


INDICATORS: tuple[Indicator, ...] = (
    *_of("", (), "", ""),
    *_of(".collectives", (Is("recipient_kind", "collective"),), "tập thể", "collectives"),
    *_of(".individuals", (Is("recipient_kind", "individual"),), "cá nhân", "individuals"),
)
