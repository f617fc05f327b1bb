"""What happens to organisations: found, rename, move, end. Merger and split, which hand people along, are in
`tongket.members.reorganise`."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import F, ForeignObjectRel

from tongket.audit.acts import Act, act
from tongket.audit.models import Recorded
from tongket.audit.records import chunks
from tongket.core.dates import FOREVER, format_date
from tongket.core.problems import Conflict, Problem, refuse_if_any
from tongket.organisations import tree
from tongket.organisations.drafts import ChangeDraft, FoundingDraft, TermDraft
from tongket.organisations.models import (
    CommitteeTerm,
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
    SuccessorLink,
)
from tongket.rules.organisations import UnknownKind, check_placement, kind

# What the tree is made of; everything else that names an organisation stands on it.
_TREE_ITSELF = (Organisation, OrganisationAct, OrganisationVersion, OrganisationPath)
_STALE = "Tổ chức này vừa được người khác sửa. Mở lại trang để xem bản mới rồi sửa tiếp; chưa có gì được ghi."


def check_foundings(drafts: Sequence[FoundingDraft]) -> list[Problem]:
    """Judge new organisations: codes free, parents known and alive, kinds in force and placed as the rules allow."""
    known = {o.code: o for o in Organisation.objects.filter(code__in={d.parent_code for d in drafts} - {""})}
    taken = set(Organisation.objects.filter(code__in={d.code for d in drafts}).values_list("code", flat=True))
    taken -= set(_never_there(taken))
    earlier: dict[str, FoundingDraft] = {}
    problems: list[Problem] = []
    for index, draft in enumerate(drafts):
        if not draft.code or not draft.name.strip():
            problems.append(
                Problem("code" if not draft.code else "name", "Không được để trống.", index=index)
            )
        if draft.code in taken or draft.code in earlier:
            problems.append(
                Problem("code", f"Mã {draft.code} đã có. Dùng mã khác hoặc bỏ dòng này.", index=index)
            )
        problems.extend(p.at(index) for p in _check_place(draft, known, earlier))
        earlier.setdefault(draft.code, draft)
    return problems


def _check_place(
    draft: FoundingDraft, known: dict[str, Organisation], earlier: dict[str, FoundingDraft]
) -> list[Problem]:
    try:
        kind(draft.kind)
    except UnknownKind as error:
        return [Problem("kind", str(error))]
    if not draft.parent_code:
        return []
    parent = known.get(draft.parent_code) or earlier.get(draft.parent_code)
    if parent is None:
        return [
            Problem("parent_code", f"Không có tổ chức mã {draft.parent_code}. Nhập tổ chức cấp trên trước.")
        ]
    starts, ends = (
        (parent.on, FOREVER) if isinstance(parent, FoundingDraft) else (parent.founded_on, parent.ends_on)
    )
    if not starts <= draft.on < ends:
        return [
            Problem(
                "on", f"Ngày {format_date(draft.on)} tổ chức cấp trên {draft.parent_code} không hoạt động."
            )
        ]
    parent_kind = parent.kind if isinstance(parent, FoundingDraft) else kind_on(parent, draft.on)
    return _placement(draft.kind, parent_kind, draft.on)


def _placement(child_kind: str, parent_kind: str, on: date) -> list[Problem]:
    try:
        findings = check_placement(child_kind, parent_kind, on)
    except UnknownKind as error:
        return [Problem("kind", str(error))]
    return [Problem("kind", f.message_vi, f.severity) for f in findings]


def kind_on(organisation: Organisation, on: date) -> str:
    """The kind an organisation had on a day (its latest kind where no version covers the day)."""
    version = organisation.versions.filter(
        voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    ).first()
    return version.kind if version else organisation.kind


def add_organisations(
    drafts: Sequence[FoundingDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[Organisation]:
    """Found several organisations inside an open act. Raises `Refused` with every error found."""
    refuse_if_any(check_foundings(drafts))
    again = _never_there({d.code for d in drafts})
    new = [
        Organisation(
            code=d.code, founded_on=d.on, name=d.name, kind=d.kind, sector=d.sector, position=d.position
        )
        for d in drafts
        if d.code not in again
    ]
    by_code = again | {o.code: o for o in Organisation.objects.bulk_create(new)}
    made = [by_code[d.code] for d in drafts]
    by_code |= {
        o.code: o for o in Organisation.objects.filter(code__in={d.parent_code for d in drafts} - {""})
    }
    rows = [
        _founding_act(draft, organisation, by_code.get(draft.parent_code), act)
        for draft, organisation in zip(drafts, made, strict=True)
    ]
    for row, origin in zip(rows, origins or (), strict=origins is not None):
        row.origin = origin
    OrganisationAct.objects.bulk_create(rows, batch_size=500)
    tree.refresh(act.at, act.by)
    return list(Organisation.objects.in_bulk([o.pk for o in made]).values())


def _never_there(codes: Collection[str]) -> dict[str, Organisation]:
    """Organisations of these codes whose founding was voided: the code may be founded again, as the same one."""
    standing = OrganisationAct.objects.filter(voided_at__isnull=True).values("organisation")
    return {o.code: o for o in Organisation.objects.filter(code__in=codes).exclude(pk__in=standing)}


def _founding_act(
    draft: FoundingDraft, organisation: Organisation, parent: Organisation | None, act: Act
) -> OrganisationAct:
    changes = {
        "name": draft.name,
        "kind": draft.kind,
        "sector": draft.sector,
        "parent": parent.pk if parent else None,
        "position": draft.position,
    }
    return OrganisationAct(
        kind="found",
        on=draft.on,
        organisation=organisation,
        parent=parent,
        changes=changes,
        note=draft.note,
        **_citation(draft),
        **act.stamp(),
    )


def _citation(draft: Any) -> dict[str, Any]:
    return {
        "decision_number": draft.decision_number,
        "decision_date": draft.decision_date,
        "decision_body": draft.decision_body,
    }


def found(draft: FoundingDraft, *, by: Any, origin: str = "form") -> Organisation:
    """Found one organisation (thành lập) by a decision, from a day on."""
    with act("organisation.found", by=by, origin=origin) as current:
        (organisation,) = add_organisations([draft], act=current)
        current.about(organisation)
        current.note(code=draft.code, on=draft.on, decision=draft.decision_number)
    return organisation


def change_organisations(drafts: Sequence[ChangeDraft], *, act: Act) -> None:
    """Rename, move or end organisations inside an open act. Raises `Refused`; derived state follows at once."""
    refuse_if_any(problem.at(index) for index, draft in enumerate(drafts) for problem in check_change(draft))
    for draft in drafts:
        _write_change(draft, act)
    tree.refresh(act.at, act.by)


def _write_change(draft: ChangeDraft, act: Act) -> None:
    changes: dict[str, Any] = {
        name: value
        for name in ("name", "kind", "sector", "position")
        if (value := getattr(draft, name)) is not None
    }
    if draft.parent is not None:
        changes["parent"] = draft.parent.pk
    before = draft.organisation.versions.filter(
        voided_at__isnull=True, valid_from__lte=draft.on, valid_to__gt=draft.on
    ).first()
    row = OrganisationAct.objects.create(
        kind=draft.kind_of_act,
        on=draft.on,
        organisation=draft.organisation,
        parent_id=before.parent_id if before else draft.organisation.parent_id,
        changes=changes,
        ends=draft.ends,
        note=draft.note,
        **_citation(draft),
        **act.stamp(),
    )
    SuccessorLink.objects.bulk_create(
        SuccessorLink(act=row, predecessor=draft.organisation, successor=successor, **act.stamp())
        for successor in draft.successors
    )


def check_change(draft: ChangeDraft) -> list[Problem]:
    """Judge one change by itself; what it does to the rest of the tree is judged when the tree is refreshed."""
    organisation = draft.organisation
    problems: list[Problem] = []
    if not organisation.founded_on <= draft.on < organisation.ends_on:
        problems.append(
            Problem(
                "on",
                f"Ngày {format_date(draft.on)} nằm ngoài thời gian hoạt động của «{organisation}» "
                f"(từ {format_date(organisation.founded_on)}).",
            )
        )
    if draft.ends and draft.on == organisation.founded_on:
        said = "Tổ chức không thể kết thúc ngay ngày thành lập. Nếu ghi nhầm việc thành lập, hủy việc đó."
        problems.append(Problem("on", said))
    if draft.name is not None and not draft.name.strip():
        problems.append(Problem("name", "Tên không được để trống."))
    parent = draft.parent or organisation.parent
    if parent is not None and not problems and not draft.ends and (draft.parent or draft.kind):
        if not parent.founded_on <= draft.on < parent.ends_on:
            problems.append(
                Problem(
                    "parent", f"Ngày {format_date(draft.on)} «{parent}» không hoạt động. Chọn tổ chức khác."
                )
            )
        else:
            child_kind = draft.kind or kind_on(organisation, draft.on)
            problems.extend(_placement(child_kind, kind_on(parent, draft.on), draft.on))
    return problems


def rename(
    organisation: Organisation,
    *,
    on: date,
    by: Any,
    name: str | None = None,
    kind: str | None = None,
    sector: str | None = None,
    expected_version: int | None = None,
    **decision: Any,
) -> None:
    """Give an organisation another name, kind or sector from a day on (đổi tên, chuyển loại hình)."""
    draft = ChangeDraft(organisation, "rename", on, name=name, kind=kind, sector=sector, **decision)
    change(draft, by=by, expected_version=expected_version)


def move(
    organisation: Organisation,
    *,
    to: Organisation,
    on: date,
    by: Any,
    expected_version: int | None = None,
    **decision: Any,
) -> None:
    """Hang an organisation with all below it under another parent from a day on (chuyển giao)."""
    draft = ChangeDraft(organisation, "move", on, parent=to, **decision)
    change(draft, by=by, expected_version=expected_version)


def change(draft: ChangeDraft, *, by: Any, expected_version: int | None = None, origin: str = "form") -> None:
    """One rename or move as an act of its own. Raises `Conflict` if someone changed the organisation meanwhile."""
    with act(
        f"organisation.{draft.kind_of_act}",
        by=by,
        origin=origin,
        organisation=draft.organisation,
        subject=draft.organisation,
    ) as current:
        claim(draft.organisation, expected_version)
        change_organisations([draft], act=current)
        current.note(on=draft.on, decision=draft.decision_number)


def void_act(row: OrganisationAct, *, reason: str, by: Any) -> None:
    """Void a wrongly recorded act; the tree is made anew without it, or the voiding is refused.

    The founding can be voided only while no other record stands on the organisation.
    """
    refuse_if_any(reason_given(reason))
    with act("organisation.void", by=by, organisation=row.organisation, subject=row.organisation) as current:
        claim_record(row)
        if row.kind == "found":
            refuse_if_any(_records_standing_on(row.organisation))
        current.void(row, reason)
        for link in row.links.filter(voided_at__isnull=True):
            current.void(link, reason)
        tree.refresh(current.at, by)
        current.note(act=row.pk, kind=row.kind, on=row.on, reason=reason)


def _records_standing_on(organisation: Organisation) -> list[Problem]:
    # Asked of the model itself: the apps whose records these are lie above this one.
    count = 0
    for relation in Organisation._meta.get_fields(include_hidden=True):
        # Hidden ones too: a column with related_name="+" names the organisation as much as any other.
        if not isinstance(relation, ForeignObjectRel) or relation.related_model in _TREE_ITSELF:
            continue
        model: Any = relation.related_model
        rows = model._default_manager.filter(**{relation.field.name: organisation})
        if issubclass(model, Recorded):
            rows = rows.filter(voided_at__isnull=True)
        count += rows.count()
    if not count:
        return []
    return [
        Problem(
            "on",
            f"Không hủy được việc thành lập «{organisation}»: còn {count} bản ghi khác gắn với tổ chức này. "
            "Hủy hoặc chuyển các bản ghi đó trước.",
        )
    ]


def claim(record: Any, expected_version: int | None) -> None:
    """Take the record for this act; raises `Conflict` when its version is not the one the form was opened with."""
    rows = type(record).objects.filter(pk=record.pk)
    if expected_version is not None:
        rows = rows.filter(row_version=expected_version)
    if rows.update(row_version=F("row_version") + 1) != 1:
        raise Conflict(_STALE)


def claim_record(row: Recorded) -> None:
    """Raise `Conflict` when the record was voided since it was read."""
    row.refresh_from_db(fields=["voided_at"])
    if row.voided_at is not None:
        raise Conflict("Bản ghi này vừa được người khác hủy hoặc sửa. Mở lại trang để xem bản mới.")


def reason_given(reason: str) -> list[Problem]:
    """A correction needs a written reason."""
    return [] if reason.strip() else [Problem("reason", "Nêu lý do sửa hoặc hủy.")]


def open_term(draft: TermDraft, *, by: Any, origin: str = "form") -> CommitteeTerm:
    """Record a committee's term (khóa); a term may not overlap another of the same organisation."""
    with act("organisation.term", by=by, origin=origin, organisation=draft.organisation) as current:
        (term,) = add_terms([draft], act=current)
        current.about(term)
    return term


def add_terms(
    drafts: Sequence[TermDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[CommitteeTerm]:
    """Record committee terms inside an open act."""
    refuse_if_any(check_terms(drafts))
    rows = [
        CommitteeTerm(
            organisation=d.organisation,
            name=d.name,
            valid_from=d.valid_from,
            valid_to=d.valid_to or FOREVER,
            **_citation(d),
            **act.stamp(),
        )
        for d in drafts
    ]
    for row, origin in zip(rows, origins or (), strict=origins is not None):
        row.origin = origin
    return CommitteeTerm.objects.bulk_create(rows, batch_size=500)


def check_terms(drafts: Sequence[TermDraft]) -> list[Problem]:
    """A term begins before it ends and overlaps no other of the same committee, on record or in the batch."""
    known: dict[int, list[tuple[str, date, date]]] = {}
    for ids in chunks(d.organisation.pk for d in drafts):
        terms = CommitteeTerm.objects.filter(organisation__in=ids, voided_at__isnull=True)
        for pk, name, since, until in terms.values_list("organisation_id", "name", "valid_from", "valid_to"):
            known.setdefault(pk, []).append((name, since, until))
    problems = []
    for index, draft in enumerate(drafts):
        start, ends = draft.valid_from, draft.valid_to or FOREVER
        others = known.setdefault(draft.organisation.pk, [])
        clash = next((name for name, since, until in others if since < ends and start < until), None)
        if ends <= start:
            problems.append(Problem("valid_to", "Ngày kết thúc phải sau ngày bắt đầu.", index=index))
        elif clash is not None:
            message = f"Trùng thời gian với {clash}. Sửa ngày kết thúc của khóa trước."
            problems.append(Problem("valid_from", message, index=index))
        else:
            others.append((draft.name, start, ends))
    return problems
