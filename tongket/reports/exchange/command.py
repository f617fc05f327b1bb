"""`./run verify-package`: what the check found, in words."""

from pathlib import Path
from typing import Any

from tongket.core.dates import format_date, parse_date
from tongket.core.problems import Problem, Refused
from tongket.reports.exchange.archive import MAX_FILE, BadArchive
from tongket.reports.exchange.keys import existing_fingerprint
from tongket.reports.exchange.verify import ADDED, ALTERED, BAD, GOOD, MISSING, SAME, Verdict, verify_package

_STATES = {SAME: "đúng như lúc phát hành", ALTERED: "ĐÃ BỊ SỬA", MISSING: "THIẾU", ADDED: "THÊM VÀO"}
_SIGNATURES = {
    GOOD: "đúng",
    BAD: "SAI: danh mục tệp hoặc chữ ký đã bị sửa",
    MISSING: "THIẾU: không biết danh mục tệp do ai lập",
}


def verify_file(path: Path) -> tuple[Verdict, bool]:
    """The verdict on a package on disk, and whether this very installation's key signed it. Raises `Refused`."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
        verdict = verify_package(content)
    except OSError as error:
        raise _refused(f"Không đọc được {path}: {error.strerror}. Kiểm tra đường dẫn.") from error
    except BadArchive as bad:
        raise _refused(f"{path}: {bad}") from bad
    return verdict, verdict.signature == GOOD and verdict.fingerprint == existing_fingerprint()


def as_data(verdict: Verdict, *, is_own: bool) -> dict[str, Any]:
    """JSON-ready."""
    return {**verdict.as_data(), "own_key": is_own}


def in_words(verdict: Verdict, *, is_own: bool) -> list[str]:
    """What is printed: the whole, the signature, each file and carrier, what is wrong."""
    lines = ["ĐẠT: gói nguyên vẹn." if verdict.is_good else "KHÔNG ĐẠT: gói không còn như lúc phát hành."]
    if verdict.organisation:
        day = format_date(parse_date(verdict.as_at))
        lines.append(f"Của {verdict.organisation}, kỳ {verdict.period}, số liệu tính đến ngày {day}")
        lines.append(f"Số chốt: {verdict.book_digest or 'không lập từ sổ đã chốt'}")
    lines.append(f"Chữ ký: {_SIGNATURES[verdict.signature]}")
    if verdict.fingerprint:
        whose = (
            "khóa của chính hệ thống này"
            if is_own
            else "không phải khóa của hệ thống này: so với dấu cơ quan lập công bố"
        )
        lines.append(f"Khóa: {verdict.fingerprint} ({whose})")
    lines += [f"  {_STATES[file.state]:24} {file.name}" for file in verdict.files]
    for carrier in verdict.carriers:
        lines.append(
            f"Số liệu trong {carrier.name}: {'khớp với tệp JSON' if carrier.same else carrier.reason}"
        )
    return [*lines, *verdict.faults]


def _refused(message: str) -> Refused:
    return Refused([Problem("file", message)])
