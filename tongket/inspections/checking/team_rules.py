"""Who may be on the team: one head, nobody who is inspected or belongs to what is inspected."""

from collections.abc import Iterator, Sequence
from datetime import date

from tongket.core.dates import format_date
from tongket.core.judging import TEAM_ROLE
from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.inspections.checking.inspection_rules import MOST_TEAM
from tongket.inspections.running.drafts import TargetDraft, TeamDraft
from tongket.members.standing import spell_on, spells_by_member
from tongket.organisations.models import OrganisationPath


def team_rules(team: Sequence[TeamDraft], targets: Sequence[TargetDraft], on: date) -> Iterator[Problem]:
    """Named people, each once, exactly one head; no one inspected, no one of an inspected body on that day."""
    if len(team) > MOST_TEAM:
        yield Problem("team", f"Đoàn ghi tối đa {MOST_TEAM} người.")
    yield from _heads(team)
    seen: set[str] = set()
    for index, one in enumerate(team):
        if one.role not in TEAM_ROLE.values:
            yield Problem("team", f"Không có nhiệm vụ “{one.role}” trong đoàn. Hãy chọn lại.", index=index)
        if one.member is None and not tidy(one.name):
            yield Problem("team", "Có dòng chưa ghi họ tên. Hãy ghi hoặc bỏ dòng.", index=index)
        if len(tidy(one.name)) > 120 or len(tidy(one.post)) > 200:
            yield Problem(
                "team", "Họ tên tối đa 120 ký tự, chức vụ tối đa 200 ký tự. Hãy viết ngắn lại.", index=index
            )
        key = f"#{one.member.pk}" if one.member else f"{tidy(one.name)}|{tidy(one.post)}".casefold()
        if key in seen:
            yield Problem(
                "team", f"“{one.member or tidy(one.name)}” được ghi hai lần. Hãy bỏ một.", index=index
            )
        seen.add(key)
    yield from _conflicts(team, targets, on)


def _heads(team: Sequence[TeamDraft]) -> Iterator[Problem]:
    heads = sum(one.role == "head" for one in team)
    if team and heads != 1:
        said = "chưa có trưởng đoàn" if not heads else f"có {heads} trưởng đoàn"
        yield Problem("team", f"Đoàn {said}. Hãy ghi đúng một trưởng đoàn.")


def _conflicts(team: Sequence[TeamDraft], targets: Sequence[TargetDraft], on: date) -> Iterator[Problem]:
    inspected = {one.member.pk for one in targets if one.member}
    bodies = {one.organisation.pk: one.organisation for one in targets if one.organisation and not one.member}
    spells = spells_by_member([one.member for one in team if one.member])
    places = {}
    for member, rows in spells.items():
        spell = spell_on(rows, on)
        if spell is not None:
            places[member] = spell.organisation_id
    within = _within(set(bodies), set(places.values()), on)
    for index, one in enumerate(team):
        if one.member is None:
            continue
        if one.member.pk in inspected:
            yield Problem(
                "team",
                f"“{one.member}” là đối tượng nên không được ở trong đoàn. Hãy bỏ khỏi đoàn.",
                index=index,
            )
        body = within.get(places.get(one.member.pk, 0))
        if body is not None:
            yield Problem(
                "team",
                f"Ngày {format_date(on)} “{one.member}” sinh hoạt tại “{bodies[body].name}”, là đối tượng của cuộc. "
                "Hãy chọn người khác.",
                index=index,
            )


def _within(bodies: set[int], cells: set[int], on: date) -> dict[int, int]:
    """Which inspected body each cell lay in (or is) on a day."""
    paths = OrganisationPath.objects.filter(
        ancestor__in=bodies, descendant__in=cells, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    )
    return dict(paths.values_list("descendant_id", "ancestor_id"))
