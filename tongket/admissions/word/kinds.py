"""Which Word papers are offered when, and their addresses."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CANDIDATE_PAPERS: dict[str, str | Promise] = {
    "phan-cong": _("Phân công giới thiệu, giúp đỡ"),
    "bien-ban": _("Biên bản kiểm phiếu"),
    "nghi-quyet": _("Nghị quyết đề nghị kết nạp"),
    "quyet-dinh": _("Dự thảo quyết định kết nạp"),
}
PROBATION_PAPERS: dict[str, str | Promise] = {
    "phan-cong": _("Phân công giúp đỡ"),
    "bien-ban": _("Biên bản kiểm phiếu"),
    "nghi-quyet": _("Nghị quyết đề nghị công nhận"),
    "quyet-dinh": _("Dự thảo quyết định công nhận"),
}


def _kinds(now: Any) -> list[str]:
    """The assignment always; minutes and resolution once voted; the decision's draft once resolved."""
    kinds = ["phan-cong"]
    if "resolution" in now.at or "failed" in now.at:
        kinds.append("bien-ban")
    if "resolution" in now.at:
        kinds.append("nghi-quyet")
    if now.resolved_on is not None:
        kinds.append("quyet-dinh")
    return kinds


def offered_for_candidate(now: Any, pk: int) -> list[tuple[str | Promise, str]]:
    """Name and address of the papers that can be written of a candidate."""
    return [(CANDIDATE_PAPERS[kind], reverse("admissions:paper", args=[pk, kind])) for kind in _kinds(now)]


def offered_for_probation(now: Any, uid: Any) -> list[tuple[str | Promise, str]]:
    """Name and address of the papers that can be written of a probation."""
    return [
        (PROBATION_PAPERS[kind], reverse("admissions:probation_paper", args=[uid, kind]))
        for kind in _kinds(now)
    ]
