"""What must hold of commendations; judges a batch whose fields are sound."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tongket.audit.records import Numbered, check_past, chunks, current, repeated
from tongket.core.codelists import COMMENDATION_FORM
from tongket.core.dates import format_date
from tongket.core.periods import BadPeriod, Kind, Period, parse_period
from tongket.core.problems import Problem
from tongket.core.text import fold
from tongket.honours.drafts import CommendationDraft
from tongket.honours.models import Commendation
from tongket.members.derive import Spell
from tongket.members.models import Member
from tongket.members.standing import spells_by_member
from tongket.organisations.lifetime import check_alive, lifetimes
from tongket.organisations.models import Organisation, OrganisationPath

Timed = Sequence[tuple[int, CommendationDraft, Period]]


def commendation_rules(drafts: Numbered[CommendationDraft]) -> Iterator[Problem]:
    """One recipient, of that organisation in that period; decided after the period began; each once."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    timed: list[tuple[int, CommendationDraft, Period]] = []
    for index, draft in drafts:
        yield from recipient_problems(draft, index)
        yield from check_past(draft.decided_on, "decided_on", "Ngày khen thưởng", index)
        try:
            period = parse_period(draft.period)
        except BadPeriod as error:
            yield Problem("period", str(error), index=index)
            continue
        timed.append((index, draft, period))
        life = lives[draft.organisation.pk]
        # A body that ended after its good year may still be commended; one founded later may not.
        if not (life.founded_on <= period.end and period.start < life.ends_on):
            yield from check_alive(lives, draft.organisation, period.end, index)
        if draft.decided_on < period.start:
            yield Problem(
                "decided_on",
                f"Ngày khen thưởng {format_date(draft.decided_on)} trước khi {period.label()} bắt đầu. "
                "Hãy sửa ngày hoặc kỳ thành tích.",
                index=index,
            )
    yield from of_the_organisation(timed)
    yield from _gate(timed)
    yield from _once(timed)


def recipient_problems(draft: CommendationDraft, index: int) -> Iterator[Problem]:
    """Exactly one recipient: the body itself, a member, or a name."""
    named = bool(draft.recipient_name.strip())
    if draft.recipient_kind == "collective" and draft.member is not None:
        yield Problem(
            "member",
            "Khen tập thể thì không chọn đảng viên. Hãy bỏ trống, hoặc chọn đối tượng là cá nhân.",
            index=index,
        )
    if draft.recipient_kind == "individual" and draft.member is None and not named:
        yield Problem(
            "member",
            "Chưa rõ cá nhân được khen. Hãy chọn đảng viên, hoặc ghi họ tên người ngoài danh sách.",
            index=index,
        )
    if draft.recipient_kind == "individual" and draft.member is not None and named:
        yield Problem(
            "recipient_name",
            "Đã chọn đảng viên thì không ghi tên nữa. Hãy bỏ trống một trong hai ô.",
            index=index,
        )


def of_the_organisation(timed: Timed) -> Iterator[Problem]:
    """A commended member stood in the organisation's subtree at some day from the period's first to the decision."""
    with_member = [(i, d, p) for i, d, p in timed if d.member is not None]
    spells = spells_by_member(d.member for _, d, _ in with_member if d.member is not None)
    below = _below({d.organisation for _, d, _ in with_member})
    for index, draft, period in with_member:
        cells = below.get(draft.organisation.pk, {}) | {draft.organisation.pk: [(date.min, date.max)]}
        own = spells.get(draft.member.pk, ()) if draft.member else ()
        until = max(period.end, draft.decided_on)
        if not any(_met(spell, cells, period.start, until) for spell in own):
            yield Problem(
                "member",
                f"Đảng viên không thuộc tổ chức này trong {period.label()}. Hãy chọn tổ chức nơi đảng viên sinh hoạt.",
                index=index,
            )


def _met(spell: Spell, cells: dict[int, list[tuple[date, date]]], start: date, until: date) -> bool:
    return any(
        max(start, spell.valid_from, since) <= min(until, spell.valid_to, before)
        for since, before in cells.get(spell.organisation_id, ())
    )


def _below(organisations: set[Organisation]) -> dict[int, dict[int, list[tuple[date, date]]]]:
    """For each organisation the ones below it, with the days on which they lay there."""
    found: dict[int, dict[int, list[tuple[date, date]]]] = {}
    for ids in chunks(o.pk for o in organisations):
        paths = OrganisationPath.objects.filter(ancestor__in=ids, voided_at__isnull=True)
        for top, cell, start, end in paths.values_list(
            "ancestor_id", "descendant_id", "valid_from", "valid_to"
        ):
            found.setdefault(top, {}).setdefault(cell, []).append((start, end))
    return found


def _gate(timed: Timed) -> Iterator[Problem]:
    """Only who was rated excellent in a year can be chosen for that year (21-HD/BTCTW 2019; `com.gate`).

    It warns, and only where a rating of that year is on record: names and unrated years cannot be judged.
    """
    years = [(i, d, p) for i, d, p in timed if p.kind is Kind.YEAR and d.giver != "state"]
    members = _levels(Member, [d.member.pk for _, d, _ in years if d.member is not None])
    bodies = _levels(Organisation, [d.organisation.pk for _, d, _ in years if _is_itself(d)])
    for index, draft, period in years:
        if draft.member is not None:
            level = members.get((draft.member.pk, period.code))
        else:
            level = bodies.get((draft.organisation.pk, period.code)) if _is_itself(draft) else None
        if level not in (None, "excellent"):
            yield Problem(
                "form",
                f"{period.label().capitalize()} không được xếp loại hoàn thành xuất sắc nhiệm vụ; chỉ đối tượng hoàn "
                f"thành xuất sắc mới được xét {COMMENDATION_FORM.label(draft.form).lower()} tiêu biểu của năm. "
                "Hãy kiểm tra, hoặc ghi rõ đây là khen chuyên đề.",
                "warning",
                index,
            )


def _is_itself(draft: CommendationDraft) -> bool:
    """Whether the organisation itself is the recipient, not an office within it."""
    return draft.recipient_kind == "collective" and not draft.recipient_name.strip()


def _levels(model: Any, keys: Sequence[int]) -> dict[tuple[int, str], str]:
    """Rated levels by (id, period). Read over the reverse relation `ratings`: the apps do not import each other."""
    found: dict[tuple[int, str], str] = {}
    for ids in chunks(keys):
        rows = model.objects.filter(pk__in=ids, ratings__voided_at__isnull=True, ratings__isnull=False)
        for pk, period, level in rows.values_list("pk", "ratings__period", "ratings__level"):
            found[pk, period] = level
    return found


def _once(timed: Timed) -> Iterator[Problem]:
    def key(of: Any, organisation: int, member: int | None, period: str) -> tuple[Any, ...]:
        return (
            organisation,
            member,
            fold(of.recipient_name),
            of.recipient_kind,
            of.form,
            of.giver,
            period,
            of.decided_on,
        )

    taken: set[tuple[Any, ...]] = set()
    days = [draft.decided_on for _, draft, _ in timed]
    for ids in chunks(draft.organisation.pk for _, draft, _ in timed):
        for row in current(
            Commendation.objects.filter(organisation__in=ids, decided_on__range=(min(days), max(days)))
        ):
            taken.add(key(row, row.organisation_id, row.member_id, row.period))
    keys = [(i, key(d, d.organisation.pk, d.member.pk if d.member else None, p.code)) for i, d, p in timed]
    again = {index for index, _ in repeated(keys, lambda k: k)}
    for index, name in keys:
        if name in taken or index in again:
            yield Problem(
                "",
                "Lần khen thưởng này đã được ghi. Hãy bỏ dòng này; nếu bản ghi cũ sai, hãy đính chính.",
                index=index,
            )
