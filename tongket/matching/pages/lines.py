"""Two entries as lines of one table: field by field, what is alike, what differs, what is hidden."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tongket.core.dates import FOREVER, format_date
from tongket.matching.judge import Judgement
from tongket.matching.merging.profiles import FIELDS, to_take
from tongket.matching.queries import Side
from tongket.members.fields import RESTRICTED
from tongket.members.queries import field_label
from tongket.ui.records.fields import shown_value

SAME, DIFFERENT, ONE_SIDED, BLANK = "same", "different", "one", "blank"


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both: label, the two values as written, how they compare, and whether the values are hidden."""

    label: str
    one: Any
    other: Any
    alike: str
    hidden: bool = False


def profile_lines(one: Side, other: Side, *, revealed: bool) -> list[Line]:
    """The profile, but for the fields that both leave blank. Restricted values are not sent until asked for."""
    found = []
    for name in FIELDS:
        if name == "birth_year_only" and not any(
            side.detail is not None and side.detail.birth_year_only for side in (one, other)
        ):
            continue
        a, b = _written(one, name), _written(other, name)
        alike = _alike(a, b)
        if alike == BLANK:
            continue
        hidden = name in RESTRICTED and not revealed
        label = field_label(name)
        ours, theirs = ("", "") if hidden else (a, b)
        found.append(Line(label[:1].upper() + label[1:], ours, theirs, alike, hidden))
    return found


def choices_of_fields(kept: Side, gone: Side) -> list[tuple[str, str]]:
    """The fields that may be taken from the entry that goes, each with what it says and what it would replace."""
    found = []
    for name in to_take(kept.detail, gone.detail):
        label = field_label(name)
        label = label[:1].upper() + label[1:]
        if name in RESTRICTED:
            found.append((name, _("%(field)s (mục ẩn)") % {"field": label}))
            continue
        said = {"field": label, "theirs": _written(gone, name), "ours": _written(kept, name) or _("chưa ghi")}
        found.append((name, _("%(field)s: %(theirs)s (hồ sơ giữ lại: %(ours)s)") % said))
    return found


def _written(side: Side, name: str) -> Any:
    return "" if side.detail is None else shown_value(side.detail, name)


def _alike(a: Any, b: Any) -> str:
    if a == b:
        return SAME if a not in ("", None) else BLANK
    return DIFFERENT if a not in ("", None) and b not in ("", None) else ONE_SIDED


def life_lines(one: Side, other: Side) -> list[tuple[str, list[str], list[str]]]:
    """Events, cards and posts of both, each in order of days."""
    return [
        (_("Quá trình"), _events(one), _events(other)),
        (_("Thẻ đảng viên"), _cards(one), _cards(other)),
        (_("Chức vụ trong Đảng"), _posts(one), _posts(other)),
    ]


def _events(side: Side) -> list[str]:
    return [f"{format_date(e.on)} · {e.get_kind_display()} · {e.organisation.name}" for e in side.events]


def _cards(side: Side) -> list[str]:
    return [c.number + (f" · {format_date(c.issued_on)}" if c.issued_on else "") for c in side.cards]


def _posts(side: Side) -> list[str]:
    found = []
    for post in side.posts:
        until = "" if post.valid_to == FOREVER else f" – {format_date(post.valid_to)}"
        said = f"{format_date(post.valid_from)}{until} · {post.title or post.get_post_display()}"
        found.append(f"{said} · {post.organisation.name}")
    return found


def verdict(judgement: Judgement) -> str:
    """What the comparison comes to, in words."""
    return {
        "sure": _("Trùng chắc chắn"),
        "doubtful": _("Nghi trùng"),
        "none": _("Không thấy dấu hiệu trùng"),
    }[judgement.outcome]
