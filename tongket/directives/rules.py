"""What must hold of directives, plans and study sessions; each function judges a batch whose fields are sound."""

from collections.abc import Iterable, Iterator
from typing import Any

from tongket.audit.records import Numbered, check_past, chunks, current, repeated
from tongket.core.codelists import DOCUMENT_KIND, GIVER, IMPLEMENTING_KINDS
from tongket.core.dates import format_date
from tongket.core.problems import Problem
from tongket.core.text import fold, tidy
from tongket.directives.drafts import DirectiveDraft, PlanDraft, StudySessionDraft
from tongket.directives.models import Directive, Plan
from tongket.directives.papers.changes import changes_at
from tongket.directives.papers.issuing import level_of
from tongket.directives.papers.numbering import number_rules, plan_number_rules, symbol_rules
from tongket.directives.papers.series import symbol_key
from tongket.directives.study.rules import held_as_planned
from tongket.obligations.queries import about as demands_about
from tongket.obligations.queries import handed_pairs
from tongket.organisations.lifetime import check_alive, lifetimes


def number_of(symbol: str) -> int | None:
    """The number in a symbol: 33 of `33-NQ/TU`; None when it begins with none."""
    digits = tidy(symbol).partition("-")[0]
    return int(digits) if digits.isdecimal() and len(digits) < 7 else None


def directive_rules(drafts: Numbered[DirectiveDraft]) -> Iterator[Problem]:
    """Issued, received, due in this order; received by a living organisation; each paper once in a book."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    for index, draft in drafts:
        yield from check_alive(lives, draft.organisation, draft.received_on, index)
        yield from check_past(draft.received_on, "received_on", "Ngày nhận", index)
        yield from _directive_days(draft, index)
        yield from symbol_rules(draft.kind, draft.symbol, draft.issuer_level, index)
        if draft.book == "issued":
            yield from _issued_itself(draft, index)
    yield from _directive_once(drafts)
    yield from number_rules(drafts)


def _issued_itself(draft: DirectiveDraft, index: int) -> Iterator[Problem]:
    """Who issued a paper of one's own, and when it entered the book, follow from the organisation."""
    if draft.issuer_level != level_of(draft.organisation):
        own = GIVER.label(level_of(draft.organisation))
        yield Problem(
            "issuer_level",
            f"“{draft.organisation.name}” ban hành văn bản ở cấp “{own}”. "
            "Văn bản của cơ quan khác thì ghi vào văn bản đến.",
            index=index,
        )
    if draft.received_on != draft.issued_on:
        yield Problem("received_on", "Văn bản đi vào sổ đúng ngày ban hành. Hãy sửa ngày.", index=index)


def _directive_days(draft: DirectiveDraft, index: int) -> Iterator[Problem]:
    issued = format_date(draft.issued_on)
    if draft.received_on < draft.issued_on:
        yield Problem(
            "received_on",
            f"Ngày nhận {format_date(draft.received_on)} trước ngày ban hành {issued}. Hãy sửa một trong hai ngày.",
            index=index,
        )
    if draft.effective_until is not None and draft.effective_until < draft.issued_on:
        until = format_date(draft.effective_until)
        yield Problem(
            "effective_until",
            f"Có hiệu lực đến {until}, trước ngày ban hành {issued}. Hãy sửa một trong hai ngày.",
            index=index,
        )
    if draft.plan_due_on is None:
        return
    if not draft.needs_plan:
        yield Problem(
            "plan_due_on",
            "Văn bản không phải triển khai thì không có hạn. "
            "Hãy bỏ hạn, hoặc đánh dấu phải ban hành văn bản triển khai.",
            index=index,
        )
    if draft.plan_due_on < draft.issued_on:
        due = format_date(draft.plan_due_on)
        yield Problem("plan_due_on", f"Hạn {due} trước ngày ban hành {issued}. Hãy sửa lại hạn.", index=index)


def _directive_once(drafts: Numbered[DirectiveDraft]) -> Iterator[Problem]:
    def key(of: Any) -> tuple[Any, ...]:
        organisation = of.organisation.pk if isinstance(of, DirectiveDraft) else of.organisation_id
        return organisation, of.kind, symbol_key(of.symbol), fold(of.issuer), of.issued_on

    taken: set[tuple[Any, ...]] = set()
    days = [draft.issued_on for _, draft in drafts]
    for ids in chunks(draft.organisation.pk for _, draft in drafts):
        rows = Directive.objects.filter(organisation__in=ids, issued_on__range=(min(days), max(days)))
        taken |= {key(row) for row in current(rows)}
    for index, draft in drafts:
        if key(draft) in taken:
            yield Problem(
                "symbol",
                f"Văn bản {draft.symbol} ngày {format_date(draft.issued_on)} đã có trong sổ của tổ chức này. "
                "Hãy mở bản ghi đã có; nếu sai thì đính chính.",
                index=index,
            )
    for index, draft in repeated(drafts, key):
        yield Problem(
            "symbol", f"Văn bản {draft.symbol} ghi hai lần trong danh sách này. Hãy bỏ một dòng.", index=index
        )


def plan_rules(drafts: Numbered[PlanDraft]) -> Iterator[Problem]:
    """An implementing paper, not older than its directive, of the body that received it, each once."""
    standing = _standing_directives(draft.directive for _, draft in drafts)
    lives = lifetimes(draft.organisation or draft.directive.organisation for _, draft in drafts)
    handed = handed_pairs({draft.directive.identity for _, draft in drafts if _of_another(draft)})
    for index, draft in drafts:
        organisation = draft.organisation or draft.directive.organisation
        yield from check_alive(lives, organisation, draft.issued_on, index, field="issued_on")
        yield from check_past(draft.issued_on, "issued_on", "Ngày ban hành", index)
        yield from _plan_itself(draft, standing, index)
        if _of_another(draft) and (draft.directive.identity, organisation.pk) not in handed:
            yield _not_handed(draft.directive, index)
        if draft.kind in IMPLEMENTING_KINDS:
            yield from symbol_rules(draft.kind, draft.symbol, "", index)
    yield from _plan_once(drafts)
    yield from plan_number_rules(drafts)


def _plan_itself(draft: PlanDraft, standing: set[int], index: int) -> Iterator[Problem]:
    directive = draft.directive
    if directive.pk not in standing:
        yield _voided_directive(directive, index)
    if draft.kind not in IMPLEMENTING_KINDS:
        allowed = ", ".join(DOCUMENT_KIND.label(code).lower() for code in IMPLEMENTING_KINDS)
        yield Problem(
            "kind",
            f"{DOCUMENT_KIND.label(draft.kind)} không phải văn bản triển khai. Hãy chọn một trong: {allowed}.",
            index=index,
        )
    if draft.issued_on < directive.issued_on:
        yield Problem(
            "issued_on",
            f"Ngày ban hành {format_date(draft.issued_on)} trước ngày {format_date(directive.issued_on)} "
            f"của {directive.symbol}. Hãy sửa ngày hoặc chọn đúng văn bản của cấp trên.",
            index=index,
        )


def _of_another(draft: PlanDraft) -> bool:
    return draft.organisation is not None and draft.organisation.pk != draft.directive.organisation_id


def _not_handed(directive: Directive, index: int) -> Problem:
    return Problem(
        "organisation",
        f"{directive.symbol} do tổ chức khác nhận. Chỉ giữ như vậy nếu tổ chức này kế tục tổ chức đã nhận; "
        "nếu không, hãy ghi nhận văn bản vào sổ của mình trước.",
        "warning",
        index,
    )


def _plan_once(drafts: Numbered[PlanDraft]) -> Iterator[Problem]:
    def key(of: Any) -> tuple[Any, ...]:
        # With the organisation: two communes may both have a 05-KH/ĐU of the same day for one directive.
        if isinstance(of, PlanDraft):
            directive, owner = of.directive.pk, (of.organisation or of.directive.organisation).pk
        else:
            directive, owner = of.directive_id, of.organisation_id
        return directive, owner, of.kind, symbol_key(of.symbol), of.issued_on

    taken: set[tuple[Any, ...]] = set()
    for ids in chunks(draft.directive.pk for _, draft in drafts):
        taken |= {key(row) for row in current(Plan.objects.filter(directive__in=ids))}
    again = {index for index, _ in repeated(drafts, key)}
    for index, draft in drafts:
        if key(draft) in taken or index in again:
            yield Problem(
                "symbol",
                f"{draft.symbol} đã ghi cho văn bản {draft.directive.symbol}. Hãy bỏ dòng này hoặc sửa số và ký hiệu.",
                index=index,
            )


def session_rules(drafts: Numbered[StudySessionDraft]) -> Iterator[Problem]:
    """Held by a living organisation, not before the paper studied, with numbers that fit (rule `study.base`)."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    standing = _standing_directives(draft.directive for _, draft in drafts if draft.directive)
    yield from held_as_planned(drafts)
    for index, draft in drafts:
        yield from check_alive(lives, draft.organisation, draft.held_on, index)
        yield from check_past(draft.held_on, "held_on", "Ngày tổ chức", index)
        yield from _numbers(draft, index)
        if draft.directive is not None:
            yield from _studied(draft, draft.directive, standing, index)


def _numbers(draft: StudySessionDraft, index: int) -> Iterator[Problem]:
    total, exempt, excused = draft.members_total, draft.members_exempt, draft.members_excused
    if exempt > total:
        yield Problem(
            "members_exempt",
            f"Số được miễn ({exempt}) lớn hơn tổng số đảng viên ({total}). Hãy kiểm tra lại hai số.",
            index=index,
        )
    elif draft.members_attended > total - exempt:
        yield Problem(
            "members_attended",
            f"Số tham gia ({draft.members_attended}) lớn hơn số phải tham gia ({total} - {exempt} được miễn = "
            f"{total - exempt}). Người ngoài Đảng hãy ghi vào ô riêng.",
            index=index,
        )
    elif exempt + excused + draft.members_attended > total:
        yield Problem(
            "members_excused",
            f"Được miễn {exempt} + vắng có lý do {excused} + tham gia {draft.members_attended} lớn hơn "
            f"tổng số {total}. Hãy kiểm tra lại các số.",
            index=index,
        )
    if draft.sites < 1:
        yield Problem("sites", "Phải có ít nhất 1 điểm cầu. Tổ chức tại một nơi thì ghi 1.", index=index)


def _studied(
    draft: StudySessionDraft, directive: Directive, standing: set[int], index: int
) -> Iterator[Problem]:
    if directive.pk not in standing:
        yield _voided_directive(directive, index)
    if draft.held_on < directive.issued_on:
        yield Problem(
            "held_on",
            f"Ngày tổ chức {format_date(draft.held_on)} trước ngày ban hành {format_date(directive.issued_on)} "
            f"của {directive.symbol}. Hãy sửa ngày hoặc chọn đúng văn bản.",
            index=index,
        )


def _standing_directives(directives: Iterable[Directive]) -> set[int]:
    found: set[int] = set()
    for ids in chunks(directive.pk for directive in directives):
        found |= set(current(Directive.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    return found


def _voided_directive(directive: Directive, index: int) -> Problem:
    return Problem(
        "directive",
        f"Bản ghi {directive.symbol} đã bị hủy hoặc đính chính. Hãy mở lại danh sách và chọn bản ghi hiện hành.",
        index=index,
    )


def may_void_directive(directive: Directive) -> Iterator[Problem]:
    """A directive goes only after what rests on it: otherwise its plans would answer nothing."""
    plans = current(directive.plans.all()).count()
    sessions = current(directive.sessions.all()).count()
    demands = demands_about([directive.identity]).count()
    if demands:
        yield Problem(
            "", f"Văn bản này đã được giao cho cấp dưới ({demands} việc). Hãy rút các việc đó trước."
        )
    if changes_at([directive.identity]).exists():
        yield Problem(
            "",
            "Đã ghi việc thay thế, thu hồi hoặc cập nhật có văn bản này. Hãy hủy ghi chép đó ở trang văn bản trước.",
        )
    if plans or sessions:
        yield Problem(
            "",
            f"Còn {plans} văn bản triển khai và {sessions} lớp, hội nghị ghi theo văn bản này. "
            "Hãy hủy hoặc chuyển chúng sang văn bản khác trước; nếu chỉ sai số liệu, hãy đính chính.",
        )


def may_move_directive(old: Directive, new: Directive) -> Iterator[Problem]:
    """A corrected directive may not become younger than what rests on it, nor leave the book that says it changed."""
    issued_on = new.issued_on
    if new.organisation_id != old.organisation_id and changes_at([old.identity]).exists():
        yield Problem(
            "organisation",
            "Đã ghi việc thay thế, thu hồi hoặc cập nhật có văn bản này trong sổ của tổ chức cũ. "
            "Hãy hủy ghi chép đó trước khi chuyển văn bản sang sổ khác.",
        )
    plan = current(old.plans.filter(issued_on__lt=issued_on)).order_by("issued_on").first()
    if plan is not None:
        yield Problem(
            "issued_on",
            f"Đã có {plan.symbol} ngày {format_date(plan.issued_on)} triển khai văn bản này. "
            "Hãy đính chính văn bản đó trước.",
        )
    change = changes_at([old.identity]).filter(directive=old.identity, on__lt=issued_on).first()
    if change is not None:
        yield Problem(
            "issued_on",
            f"Đã ghi “{change.get_kind_display()}” từ ngày {format_date(change.on)}. Hãy hủy ghi chép đó trước.",
        )
    session = current(old.sessions.filter(held_on__lt=issued_on)).order_by("held_on").first()
    if session is not None:
        yield Problem(
            "issued_on",
            f"Đã có lớp, hội nghị ngày {format_date(session.held_on)} học tập văn bản này. "
            "Hãy đính chính ngày đó trước.",
        )
