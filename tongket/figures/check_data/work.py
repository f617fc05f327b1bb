"""Files, things asked of others, conferences, the search index and the ledger."""

from tongket.audit.queries import verify_chain
from tongket.conferences.acts import states_that_differ
from tongket.conferences.models import Conference
from tongket.directives.models import Directive
from tongket.directives.papers import search
from tongket.figures.check_data.common import Check
from tongket.files.models import StoredFile
from tongket.files.queries import lost, orphans
from tongket.obligations.derive import standing
from tongket.obligations.models import Obligation, Step


def check_files() -> Check:
    """Every file handed in is on disk as it was. Bytes without a row (left by a crash) harm nothing and are counted."""
    faults = tuple(
        f"Tệp {digest[:12]}: mất hoặc bị sửa trên đĩa. Hãy khôi phục từ bản sao lưu." for digest in lost()
    )
    loose = len(orphans())
    title = "Tệp đính kèm" + (
        f" ({loose} tệp trên đĩa không thuộc bản ghi nào, không ảnh hưởng)" if loose else ""
    )
    return Check("files", title, StoredFile.objects.count(), faults)


def check_obligations() -> Check:
    """State, deadline and days of every obligation against its steps."""
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.filter(voided_at__isnull=True).order_by("id").iterator(chunk_size=2000):
        steps.setdefault(step.obligation_id, []).append(step)
    faults, count = [], 0
    rows = Obligation.objects.filter(voided_at__isnull=True).select_related("demand")
    for row in rows.iterator(chunk_size=2000):
        count += 1
        wanted = standing(row.due_on, steps.get(row.pk, ()))
        stored = (row.state, row.deadline, row.fulfilled_on, row.last_step_on)
        if stored != (wanted.state, wanted.deadline, wanted.fulfilled_on, wanted.last_step_on):
            faults.append(
                f"Việc được giao {row.pk} ({row.demand.title}): trạng thái không khớp các bước đã ghi."
            )
    return Check("obligations", "Trạng thái việc được giao dựng lại từ các bước", count, tuple(faults))


def check_conferences() -> Check:
    """The state repeated on every conference against its last moment."""
    faults = tuple(
        f"Hội nghị {row.pk} ({row.title}): trạng thái không khớp bước cuối đã ghi."
        for row in states_that_differ()
    )
    count = Conference.objects.filter(voided_at__isnull=True).count()
    return Check("conferences", "Trạng thái hội nghị dựng lại từ các bước", count, faults)


def check_search() -> Check:
    """Every standing paper is in the search index."""
    missing = search.not_indexed()
    faults = (
        (f"{len(missing)} văn bản chưa có trong mục lục tìm kiếm: không tìm thấy theo chữ.",)
        if missing
        else ()
    )
    count = Directive.objects.filter(voided_at__isnull=True).count()
    return Check("search", "Mục lục tìm văn bản theo chữ", count, faults)


def check_ledger() -> Check:
    """The chain of the ledger."""
    report = verify_chain()
    faults = () if report.broken_at is None else (f"Nhật ký không còn nguyên vẹn từ mục {report.broken_at}.",)
    return Check("ledger", f"Chuỗi nhật ký (mã cuối {report.last_hash[:12]})", report.entries, faults)
