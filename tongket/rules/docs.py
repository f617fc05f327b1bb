"""`python -m tongket.rules.docs` writes docs/rules.md from the data; a test holds it equal."""

from datetime import date
from pathlib import Path

from tongket.core.citations import MARKS
from tongket.core.dates import format_date

from .catalogue import all_rules
from .model import Rule, Version
from .texts import Subject, Text, all_texts
from .words import say

__all__ = ["PATH", "render"]

PATH = Path(__file__).resolve().parents[2] / "docs" / "rules.md"

_HEAD = """# Danh mục quy định

{count} quy định, viết từ `tongket/rules/data/*.yaml` bằng `python -m tongket.rules.docs`; không sửa tay.
Hồ sơ của ngày nào được xét theo phiên bản có hiệu lực của ngày đó. Thêm quy định mới là thêm một phiên bản vào tệp dữ
liệu và một ví dụ vào `tests/rules/examples*.py`.

Mức tin cậy: {marks}. Chỉ quy định mức C mới được chặn; mức R và U chỉ cảnh báo.
"""


def render() -> str:
    """The whole page, as it must stand in docs/rules.md."""
    marks = "; ".join(f"**{mark}** {words[0]}" for mark, words in MARKS.items())
    parts = [_HEAD.format(count=len(all_rules()), marks=marks), "## Văn bản nào có hiệu lực khi nào\n"]
    parts += [_subject(subject) for subject in all_texts()]
    parts.append("## Từng quy định\n")
    parts += [_rule(one) for one in all_rules()]
    return "\n".join(parts)


def _subject(subject: Subject) -> str:
    rows = "\n".join(_text(text) for text in subject.texts)
    return f"### {subject.name_vi}\n\n| Hiệu lực | Văn bản | Mức |\n|---|---|---|\n{rows}\n"


def _text(text: Text) -> str:
    with_ = f" Kèm theo: {'; '.join(text.accompanied_by)}." if text.accompanied_by else ""
    note = f" *{text.note}*" if text.note else ""
    when = "chưa rõ ngày"
    if text.effective_from:
        when = _days(text.effective_from, text.effective_until)
    return f"| {when} | {text.citation.document_and_article()}.{with_}{note} | {text.citation.mark} |"


def _rule(one: Rule) -> str:
    rows = "\n".join(_version(one, version) for version in one.versions)
    gaps = "".join(f"\nChưa có quy định {_days(gap.start, gap.end)}: {gap.reason}\n" for gap in one.gaps)
    head = "| Hiệu lực | Nội dung | Căn cứ | Mức |\n|---|---|---|---|"
    return f"### `{one.id}` {one.name_vi}\n\n{head}\n{rows}\n{gaps}"


def _version(one: Rule, version: Version) -> str:
    note = f" *{version.note}*" if version.note else ""
    when = _days(version.effective_from, version.effective_until)
    basis = version.citation().document_and_article()
    return f"| {when} | {say(one, version.value)}{note} | {basis} | {version.mark} |"


def _days(start: date, end: date | None) -> str:
    last = "nay" if end is None else format_date(end)
    return f"{format_date(start)}–{last}"


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
