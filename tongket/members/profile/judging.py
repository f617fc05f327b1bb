"""What is wrong or doubtful about the profiles of people: new ones, later states, changes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from tongket.audit.among import Among
from tongket.audit.records import chunks
from tongket.core.dates import today
from tongket.core.findings import Finding
from tongket.core.identity import check_card_number, check_cccd, clean_digits
from tongket.core.problems import Problem
from tongket.members.drafts import MemberDraft
from tongket.members.fields import BY_NAME, LISTS
from tongket.members.models import Member, MemberDetail
from tongket.members.profile.values import EMPTY, clean, stored
from tongket.members.queries import visible_to


def check_members(drafts: Sequence[MemberDraft], *, by: Any, again: Collection[str] = ()) -> list[Problem]:
    """Judge new people and later states of known ones; doubtful identity numbers are warnings.

    `by`: who enters them; another person of the same number is named only to whoever may read that person's file.
    `again`: codes of people whose entry was taken back, and who may be entered anew under them.
    """
    return judge_members(drafts, by=by, again=again)[0]


def judge_members(
    drafts: Sequence[MemberDraft], *, by: Any, again: Collection[str] = ()
) -> tuple[list[Problem], list[dict[str, Any]]]:
    """As `check_members`; with the fields of each draft as they are stored."""
    among = Among("code", (d.code for d in drafts))
    known = set(Member.objects.filter(among).values_list("code", flat=True)) if drafts else set()
    known -= set(again)
    numbers = numbers_in_use(drafts)
    hidden = unnamed({owner for d in drafts if (owner := numbers.get(_number(d), d.code)) != d.code}, by)
    seen: set[tuple[str, date | None]] = set()
    problems: list[Problem] = []
    cleaned: list[dict[str, Any]] = []
    fields = _Fields()
    for index, draft in enumerate(drafts):
        values, found = fields.judge(draft.details)
        found += _check_identity(draft, known, seen, numbers, hidden)
        problems.extend(p.at(index) for p in found)
        cleaned.append(values)
        seen.add((draft.code, draft.since))
        known.add(draft.code)
    return problems, cleaned


class _Fields:
    """The fields of many people: a text that was in order once is not looked at again in that list."""

    def __init__(self) -> None:
        self._in_order: dict[str, dict[str, Any]] = {name: {} for name in EMPTY}

    def judge(self, details: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        """The fields as they are stored, and what `check_details` says of them."""
        cleaned: dict[str, Any] = {}
        doubted = not details.get("full_name")
        for name, new in details.items():
            texts = self._in_order.get(name, {}) if type(new) is str else {}
            if new in texts:
                cleaned[name] = texts[new]
                continue
            value = cleaned[name] = stored(name, new)
            if _is_in_order(name, value):
                texts[new] = value
            else:
                doubted = True
        return cleaned, check_details(cleaned) if doubted else _check_together(cleaned)


def numbers_in_use(drafts: Sequence[MemberDraft]) -> dict[str, str]:
    """Of the CCCD numbers in drafts those on record, with the code of whom they are recorded for."""
    wanted = {_number(d) for d in drafts} - {""}
    if not wanted:
        return {}
    rows = MemberDetail.objects.filter(Among("national_id", wanted), voided_at__isnull=True)
    return dict(rows.order_by().values_list("national_id", "member__code"))


def _number(draft: MemberDraft) -> str:
    return clean_digits(draft.details.get("national_id") or "")


def unnamed(codes: Collection[str], by: Any) -> set[str]:
    """Those of these members of whom the user may not read, so that not even their code is said."""
    if by is None:
        return set()
    return set(codes) - {
        code
        for part in chunks(codes)
        for code in visible_to(by, "member.read").filter(code__in=part).values_list("code", flat=True)
    }


def _check_identity(
    draft: MemberDraft,
    known: set[str],
    seen: set[tuple[str, date | None]],
    numbers: dict[str, str],
    hidden: set[str],
) -> list[Problem]:
    problems = []
    if not draft.code:
        problems.append(Problem("code", "Chưa có mã đảng viên."))
    elif (draft.code, draft.since) in seen:
        problems.append(
            Problem("code", f"Mã {draft.code} đứng ở hai dòng. Giữ một dòng, hoặc đổi mã ở dòng kia.")
        )
    elif draft.code in known and draft.since is None:
        problems.append(
            Problem(
                "code",
                f"Mã {draft.code} đã có trong sổ. Nếu là thay đổi của người này, ghi ngày thông tin có hiệu lực.",
            )
        )
    number = _number(draft)
    owner = numbers.setdefault(number, draft.code) if number else draft.code
    if owner != draft.code:
        problems.append(same_number(owner, owner in hidden))
    if draft.card_number:
        problems.extend(from_findings("card_number", check_card_number(draft.card_number)))
    return problems


def check_details(details: Mapping[str, Any]) -> list[Problem]:
    """Judge profile fields by themselves: known fields, codes of their list, lengths, CCCD against birth and sex."""
    details = clean(details)
    problems = [Problem(name, f"Không có trường «{name}».") for name in details if name not in BY_NAME]
    if not (details.get("full_name") or "").strip():
        problems.append(Problem("full_name", "Chưa có họ và tên."))
    for name, codelist in LISTS.items():
        if details.get(name) and details[name] not in codelist.values:
            problems.append(Problem(name, f"«{details[name]}» không có trong danh mục."))
    limits = _limits()
    for name, text in details.items():
        if isinstance(text, str) and name in limits and len(text) > limits[name]:
            problems.append(Problem(name, f"Dài quá {limits[name]} ký tự. Rút gọn."))
    return [*problems, *_check_together(details)]


def _is_in_order(name: str, value: Any) -> bool:
    """Whether a stored value is one against which `check_details` has nothing to say by itself."""
    if name not in BY_NAME or (name in LISTS and value and value not in LISTS[name].values):
        return False
    if name == "full_name" and not value:
        return False
    return not (isinstance(value, str) and len(value) > _limits().get(name, len(value)))


def _check_together(details: Mapping[str, Any]) -> list[Problem]:
    """What is judged of several fields together, or against the day."""
    problems = []
    birth = details.get("birth_date")
    if birth and birth > today():
        problems.append(Problem("birth_date", "Ngày sinh còn ở tương lai."))
    if details.get("national_id"):
        gender = details.get("gender") or None
        exact = birth if birth else None
        problems.extend(from_findings("national_id", check_cccd(details["national_id"], exact, gender)))
    return problems


@cache
def _limits() -> dict[str, int]:
    """How long the text of each profile field may be."""
    lengths = {name: getattr(MemberDetail._meta.get_field(name), "max_length", None) for name in BY_NAME}
    return {name: length for name, length in lengths.items() if length}


def from_findings(name: str, findings: Sequence[Finding]) -> list[Problem]:
    """Findings about a number as problems of its field."""
    return [Problem(name, f.message_vi, f.severity) for f in findings]


def same_number(code: str, hidden: bool) -> Problem:
    """A CCCD number that is recorded for somebody else."""
    if hidden:
        said = "Số CCCD này đã ghi cho một đảng viên ngoài phạm vi được giao. Kiểm tra lại số, hoặc hỏi cấp trên."
    else:
        said = f"Số CCCD này đã ghi cho đảng viên {code}. Kiểm tra có phải trùng người."
    return Problem("national_id", said)
