"""What a plan may name: organisations of the user's own scope, and codes that an earlier step founds."""

from collections.abc import Iterator, Sequence
from typing import Any

from tongket.core.dates import FOREVER
from tongket.core.problems import Problem
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.reforms.steps import Step

VERB = "register.reorganise"


def check_plan(title: str, steps: Sequence[Step], by: Any) -> list[Problem]:
    """Everything wrong with a plan that can be seen without carrying it out. `by` None is the machine's operator."""
    found = (
        []
        if title.strip()
        else [Problem("title", "Ghi tên phương án, ví dụ “Sắp xếp đơn vị hành chính cấp xã”.")]
    )
    return [*found, *_check_steps(steps, by)]


def _check_steps(steps: Sequence[Step], by: Any) -> Iterator[Problem]:
    named = {code for step in steps for code in step.named}
    there = set(Organisation.objects.filter(code__in=named).values_list("code", flat=True))
    mine = (
        there
        if by is None
        else set(visible_to(by, VERB).filter(code__in=named).values_list("code", flat=True))
    )
    founded: set[str] = set()
    ended: dict[str, int] = {}
    for index, step in enumerate(steps):
        for message in _of_step(step, mine | founded, ended):
            yield Problem("steps", f"Bước {index + 1}: {message}", index=index)
        if step.kind == "found":
            founded.add(step.code)
            if not step.to and by is not None and not _of_root(by):
                said = f"“{step.name}” không trực thuộc tổ chức nào. Chọn tổ chức cấp trên."
                yield Problem("steps", f"Bước {index + 1}: {said}", index=index)
        ended |= dict.fromkeys(step.ended, index + 1)


def _of_step(step: Step, known: set[str], ended: dict[str, int]) -> Iterator[str]:
    # One beyond the scope is unknown like one that does not exist: nothing is told of it.
    for code in step.named:
        if code not in known:
            yield f"không có tổ chức mã {code} trong phạm vi được giao cho bạn. Sửa mã, hoặc thêm bước thành lập trước."
        elif code in ended:
            yield f"{code} đã kết thúc ở bước {ended[code]}. Đổi thứ tự các bước hoặc chọn tổ chức khác."
    yield from _missing(step)


def _missing(step: Step) -> Iterator[str]:
    if step.kind == "found" and not (step.code.strip() and step.name.strip() and step.body):
        yield "tổ chức mới cần mã, tên và loại hình."
    if step.kind in ("move", "merge") and not step.codes:
        yield "chưa chọn tổ chức nào."
    if step.kind in ("move", "merge") and not step.to:
        yield "chưa chọn tổ chức tiếp nhận."
    if step.kind in ("rename", "split", "part", "dissolve") and not step.code:
        yield "chưa chọn tổ chức."
    if step.kind == "split" and len(step.into) < 1:
        yield "chưa chọn tổ chức để chia ra."
    if step.kind == "split" and step.code in step.into:
        yield f"{step.code} kết thúc khi chia, không nhận lại được. Chọn tổ chức khác hoặc thành lập mới."
    if step.kind == "part" and not step.into:
        yield "chưa chọn tổ chức nhận phần tách ra."
    if step.kind == "part" and step.code in step.into:
        yield f"{step.code} là tổ chức bị tách một phần, vẫn hoạt động. Chọn tổ chức khác để nhận."
    for place in {to for _who, to in (*step.people, *step.below)} | {rule.to for rule in step.rules}:
        if place not in step.places:
            yield f"có người hoặc tổ chức được chia về {place}, là nơi không nằm trong các tổ chức được chia ra."


def _of_root(by: Any) -> bool:
    """Whether the user holds the duty for every root that lives: only then may another root be founded."""
    roots = Organisation.objects.filter(parent__isnull=True, ends_on=FOREVER)
    return not roots.exclude(pk__in=visible_to(by, VERB)).exists()
