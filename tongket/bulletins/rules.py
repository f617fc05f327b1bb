"""What must hold of a note: a month that has begun, an answer given whole, no trace of a person (design, point 8)."""

from collections.abc import Iterator, Sequence
from datetime import date

from tongket.audit.records import Numbered, check_past
from tongket.bulletins.drafts import BulletinDraft
from tongket.bulletins.identifiers import Trace
from tongket.bulletins.queries import traces_in
from tongket.core.dates import add_months, format_date
from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.organisations.lifetime import lifetimes

_READ = ("text", "answer", "answering_body")
_SHOWN = 8


def bulletin_rules(drafts: Numbered[BulletinDraft]) -> Iterator[Problem]:
    """All the rules of a batch; the register is asked for names once."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    found = traces_in(*(getattr(draft, name) for _, draft in drafts for name in _READ))
    for place, (index, draft) in enumerate(drafts):
        life = lives[draft.organisation.pk]
        first, after = draft.month.replace(day=1), add_months(draft.month.replace(day=1), 1)
        if after <= life.founded_on or first >= life.ends_on:
            yield Problem(
                "organisation",
                f"“{life.name}” không hoạt động trong tháng {first:%m/%Y}. Hãy sửa tháng hoặc chọn tổ chức khác.",
                index=index,
            )
        yield from check_past(first, "month", "Tháng bắt đầu ngày", index)
        yield from _answered(draft, index)
        for offset, name in enumerate(_READ):
            yield from named(found[place * len(_READ) + offset], name, index)


def _answered(draft: BulletinDraft, index: int) -> Iterator[Problem]:
    given = [bool(tidy(draft.answer)), draft.answered_on is not None, bool(tidy(draft.answering_body))]
    if any(given) and not all(given):
        names = ("answer", "answered_on", "answering_body")
        words = ("nội dung trả lời", "ngày trả lời", "cơ quan trả lời")
        for name, word, has in zip(names, words, given, strict=True):
            if not has:
                yield Problem(
                    name, f"Chưa có {word}. Hãy ghi đủ, hoặc để trống cả phần trả lời.", index=index
                )
    if draft.answered_on is not None:
        yield from check_past(draft.answered_on, "answered_on", "Ngày trả lời", index)
        if draft.answered_on < draft.month.replace(day=1):
            yield Problem(
                "answered_on",
                f"Ngày trả lời {format_date(draft.answered_on)} trước tháng của nội dung ({draft.month:%m/%Y}). "
                "Hãy kiểm tra lại.",
                index=index,
            )


def named(found: Sequence[Trace], field: str, index: int = 0) -> Iterator[Problem]:
    """One finding that names every word to take out."""
    if found:
        words = ", ".join(f"“{trace.words[:60]}” ({trace.why})" for trace in found[:_SHOWN])
        more = f" và {len(found) - _SHOWN} chỗ khác" if len(found) > _SHOWN else ""
        yield Problem(
            field,
            f"Có chỗ chỉ đến một người: {words}{more}. Hãy bỏ, viết chung theo nội dung, "
            "ví dụ “có ý kiến cho rằng…”, “nhân dân đề nghị…”.",
            index=index,
        )


def reason_rules(reason: str) -> Iterator[Problem]:
    """The reason of a correction names nobody either. It is shown in two forms, so it is about no field."""
    [found] = traces_in(reason)
    yield from named(found, "reason")


def open_rules(answered_on: date | None) -> Iterator[Problem]:
    """An answer is given once; a wrong one is corrected."""
    if answered_on is not None:
        yield Problem(
            "", f"Nội dung này đã được trả lời ngày {format_date(answered_on)}. Nếu ghi sai, hãy đính chính."
        )
