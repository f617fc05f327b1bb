"""Which steps a clerk is offered next; what may really be recorded is said by the rules."""

from typing import Any

from tongket.core.judging import CANDIDATE_STEP, PROBATION_STEP
from tongket.ui.templatetags.ui import lang

_AFTER: dict[str, tuple[str, ...]] = {
    "nominated": ("class", "file", "resolution"),
    "class": ("file", "resolution", "class"),
    "file": ("resolution", "class"),
    "resolution": ("committee", "forwarded", "decision", "extended"),
    "committee": ("forwarded", "decision", "extended"),
    "forwarded": ("appraised", "decision", "extended"),
    "appraised": ("decision", "extended"),
    "decision": ("ceremony", "received", "consent"),
}


def next_steps(now: Any, in_body: bool) -> list[tuple[str, str]]:
    """The steps that may follow for a candidate, the likeliest first, with their words."""
    if not now.is_open:
        return []
    kinds = list(_AFTER[now.stage])
    if not in_body and "committee" in kinds:
        kinds.remove("committee")
    if now.failed:
        kinds.append("reported_up")
    if now.stage == "decision" and "received" not in now.at:
        kinds = ["received", "ceremony", "consent"]
    kinds = [kind for kind in kinds if kind in ("class", "resolution") or kind not in now.at]
    return [(kind, CANDIDATE_STEP.label(kind, lang())) for kind in (*kinds, "closed")]


def next_probation_steps(now: Any, stage: str) -> list[tuple[str, str]]:
    """The steps that may follow in a probation."""
    kinds: tuple[str, ...] = {
        "running": ("helper", "class"),
        "due": ("resolution", "removal", "class", "helper"),
        "resolution": ("decision", "forwarded", "appraised", "extended", "removal"),
        "removal": ("forwarded",),
    }.get(stage, ())
    if stage == "due" and now.failed:
        kinds = (*kinds, "reported_up")
    kinds = tuple(k for k in kinds if k in ("helper", "class", "resolution") or k not in now.at)
    return [(kind, PROBATION_STEP.label(kind, lang())) for kind in kinds]
