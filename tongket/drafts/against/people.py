"""People and bodies named in a text: does that person hold that post on that day, is there such an organisation.

Only posts of the Party committees in the books are held against them; posts of state bodies and of levels above are
left as they are. Whoever is not in the register makes nothing wrong.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongket.audit.records import current
from tongket.claims.model import Judgement, Mention, Reading, Verdict
from tongket.core.codelists import POST
from tongket.core.dates import FOREVER, format_date
from tongket.core.text import fold
from tongket.drafts.matching.places import Places
from tongket.members.models import Member, PostHolding
from tongket.organisations.models import Organisation
from tongket.organisations.queries import may

#: Words of a post, folded → its code; the longest first.
_POSTS: tuple[tuple[str, str], ...] = (
    (r"pho bi thu(?: thuong truc)?", "deputy_secretary"),
    (r"bi thu", "secretary"),
    (r"(?:uy vien ban thuong vu|uvbtv|uy vien btv)", "standing_member"),
    (
        r"(?:uy vien ban chap hanh|uy vien bch|uvbch|huyen uy vien|dang uy vien|thi uy vien|thanh uy vien)",
        "committee_member",
    ),
    (r"chu nhiem (?:uy ban kiem tra|ubkt)", "inspection_head"),
    (r"(?:uy vien (?:uy ban kiem tra|ubkt))", "inspection_member"),
)
#: Posts that hold others with them: a secretary is a member of the standing committee and of the committee.
_IMPLIED = {
    "standing_member": ("secretary", "deputy_secretary"),
    "committee_member": ("secretary", "deputy_secretary", "standing_member", "inspection_head"),
    "inspection_member": ("inspection_head",),
}
_NOT_OURS = re.compile(
    r"tinh uy|trung uong|hdnd|ubnd|uy ban nhan dan|hoi dong nhan dan|quoc hoi|tinh|chu tich|giam doc|so "
)


@dataclass
class People:
    """Holds the mentions of one text against posts as they stood on `on`."""

    organisation: Organisation
    places: Places
    on: date
    viewer: Any

    def judge(self, reading: Reading) -> list[tuple[int, Judgement]]:
        """(position in `reading.mentions`, what the books say of the person)."""
        people = [(i, one) for i, one in enumerate(reading.mentions) if one.kind == "person"]
        if not people:
            return []
        if self.viewer is not None and not may(self.viewer, "member.read", self.organisation):
            reason = "Chưa đối chiếu: bạn không được giao xem hồ sơ đảng viên của tổ chức này."
            return [(i, Judgement("not_checked", "register", reason)) for i, _one in people]
        names = {fold(one.subject) for _i, one in people}
        known = list(Member.objects.filter(folded_name__in=names).values_list("pk", "folded_name")[:500])
        held = self._posts([pk for pk, _name in known])
        heads = list(
            current(
                PostHolding.objects.filter(
                    organisation=self.organisation, valid_from__lte=self.on, valid_to__gt=self.on
                )
            )
            .exclude(post="committee_member")
            .select_related("member")
        )
        return [
            (i, self._of(one, [pk for pk, name in known if name == fold(one.subject)], held, heads))
            for i, one in people
        ]

    def _posts(self, members: Sequence[int]) -> dict[int, list[PostHolding]]:
        found: dict[int, list[PostHolding]] = {}
        rows = current(PostHolding.objects.filter(member__in=members)).select_related("organisation")
        for row in rows:
            found.setdefault(row.member_id, []).append(row)
        return found

    def _of(
        self,
        one: Mention,
        members: Sequence[int],
        held: dict[int, list[PostHolding]],
        heads: Sequence[PostHolding],
    ) -> Judgement:
        asked = [
            (post, code, place)
            for post in one.posts
            if (code := post_code(post)) and (place := self._place(post))
        ]
        if not asked:
            return Judgement(
                "not_checked", "register", "Chưa đối chiếu: không có chức vụ nào của cấp ủy trong sổ."
            )
        worst: Judgement | None = None
        for post, code, place in asked:
            found = self._one_post(one, post, code, place, members, held, heads)
            if worst is None or _RANK.index(found.verdict) < _RANK.index(worst.verdict):
                worst = found
        assert worst is not None  # noqa: S101  # nosec B101  # asked is not empty
        return worst

    def _one_post(
        self,
        one: Mention,
        post: str,
        code: str,
        place: Organisation,
        members: Sequence[int],
        held: dict[int, list[PostHolding]],
        heads: Sequence[PostHolding],
    ) -> Judgement:
        rows = [row for member in members for row in held.get(member, []) if row.organisation_id == place.pk]
        codes = (code, *_IMPLIED.get(code, ()))
        fitting = [row for row in rows if row.post in codes]
        now = [row for row in fitting if row.valid_from <= self.on < row.valid_to]
        day = format_date(self.on)
        if now:
            return self._said("right", f"Sổ ghi {one.subject} là {_title(now[0])}, {place.name}, ngày {day}.")
        holder = next((row for row in heads if row.post == code and row.organisation_id == place.pk), None)
        who = (
            f" Ngày {day}, sổ ghi {_title(holder)} là {holder.member.full_name}."
            if holder and code == "secretary"
            else ""
        )
        if fitting:
            row = max(fitting, key=lambda r: r.valid_from)
            return self._said(
                "wrong", f"Sổ ghi {one.subject} giữ chức {_title(row)}, {place.name} {_span(row)}.{who}"
            )
        others = [row for row in rows if row.valid_from <= self.on < row.valid_to]
        if others:
            return self._said(
                "wrong",
                f"Sổ ghi {one.subject} là {_title(others[0])}, {place.name}; không phải {post}.{who}",
                _title(others[0]),
            )
        if members:
            return self._said(
                "doubtful", f"Trong sổ có người tên {one.subject} nhưng không ghi chức {post}.{who}"
            )
        return self._said("doubtful", f"Không thấy {one.subject} trong sổ đảng viên.{who}")

    def _said(self, verdict: Verdict, reason: str, expected: str = "") -> Judgement:
        return Judgement(verdict, "register", reason, expected)

    def _place(self, post: str) -> Organisation | None:
        """Of which organisation of the books a post is; None for state posts and levels above."""
        # "Bí thư Huyện ủy chủ trì": what follows in small letters is no part of the body's name.
        said = fold(re.sub(r"((?:Huyện|Thị|Thành|Quận|Tỉnh) [uủ][yỷ])(?: [a-zà-ỹđ].*)?$", r"\1", post))
        if _NOT_OURS.search(said):
            return None
        tail = re.sub(r"^.*?(?=(?:dang bo|dang uy|chi bo|chi uy|huyen uy|thi uy|thanh uy)\b)", "", said)
        if tail == said and not re.match(r"(?:dang bo|dang uy|chi bo|chi uy|huyen uy)", said):
            return self.organisation
        return self.places.named(tail)


_RANK: tuple[Verdict, ...] = ("wrong", "doubtful", "right", "not_checked")


def post_code(post: str) -> str:
    """The code of a Party post that words name ("Bí thư Huyện ủy": secretary), "" for other posts."""
    said = fold(post)
    return next((code for words, code in _POSTS if re.match(rf"(?:nguyen )?{words}(?!\w)", said)), "")


def _title(row: PostHolding) -> str:
    return row.title or POST.label(row.post)


def _span(row: PostHolding) -> str:
    until = "" if row.valid_to == FOREVER else f" đến trước ngày {format_date(row.valid_to)}"
    return f"từ ngày {format_date(row.valid_from)}{until}"


def bodies(reading: Reading, places: Places) -> Iterable[tuple[int, Judgement]]:
    """(position in `reading.mentions`, whether the books know the organisation) for bodies named."""
    for i, one in enumerate(reading.mentions):
        if one.kind != "body":
            continue
        found = places.named(one.subject)
        if found is None:
            yield (
                i,
                Judgement(
                    "not_checked", "register", "Không có tổ chức tên này trong sổ của tổ chức đang soát."
                ),
            )
        else:
            yield i, Judgement("right", "register", f"Có trong sổ: {found.name} (mã {found.code}).")
