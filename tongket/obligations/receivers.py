"""Who is asked: a part of the asker's tree as it stands on a day, chosen by a rule or picked by hand."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from tongket.core.problems import Problem, Refused
from tongket.organisations.models import Organisation
from tongket.organisations.queries import Placed, subtree_on
from tongket.rules.organisations import UnknownKind, kind


def offered(asker: Organisation, on: date) -> list[Placed]:
    """The organisations below the asker on a day, parents before children: what can be ticked."""
    return [placed for placed in subtree_on(asker, on) if placed.depth > 0]


def is_grassroots(code: str) -> bool:
    """Whether a kind of organisation is a grassroots one (TCCS đảng); a kind no longer known is not."""
    try:
        return kind(code).is_grassroots
    except UnknownKind:
        return False


def chosen(
    tree: Sequence[Placed], how: str, value: str = "", picked: Iterable[int] = ()
) -> list[Organisation]:
    """The receivers. Raises `Refused` for an unknown way, a way without its value, an organisation not offered."""
    ids = set(picked)
    ways: dict[str, Callable[[Placed], bool]] = {
        "below": lambda one: one.depth == 1,
        "grassroots": lambda one: is_grassroots(one.kind),
        "sector": lambda one: one.sector == value,
        "kind": lambda one: one.kind == value,
        "picked": lambda one: one.organisation_id in ids,
    }
    if how not in ways:
        raise Refused([Problem("receivers", "Chưa chọn giao cho ai. Hãy chọn một cách.")])
    if how in ("sector", "kind") and not value:
        raise Refused([Problem("receivers", "Chưa chọn khối hoặc loại hình. Hãy chọn trong danh sách.")])
    if how == "picked" and ids - {one.organisation_id for one in tree}:
        raise Refused([Problem("receivers", "Có tổ chức không trực thuộc. Hãy mở lại trang rồi chọn lại.")])
    wanted = [one.organisation_id for one in tree if ways[how](one)]
    rows = Organisation.objects.in_bulk(wanted)
    return [rows[pk] for pk in wanted]
