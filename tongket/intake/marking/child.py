"""The process that writes marks into a user's workbook: openpyxl builds what a file asks for, so it has limits.

On standard input: the length of the facts in eight bytes, the facts as JSON, the workbook. On standard output: the new
workbook. Ends with another code than 0 when it cannot.
"""

import json
import resource
import sys
from io import BytesIO

from openpyxl import load_workbook

from tongket.intake.marking.book import Facts, write_marks
from tongket.intake.rows.findings import Finding

MEMORY = 1536 * 1024 * 1024
SECONDS = 50


def main() -> int:
    """Read, mark, write."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sent = sys.stdin.buffer.read()
    length = int.from_bytes(sent[:8], "big")
    facts, content = unpacked(sent[8 : 8 + length]), sent[8 + length :]
    book = load_workbook(BytesIO(content), keep_vba=False, keep_links=False)
    sys.stdout.buffer.write(write_marks(book, facts))
    return 0


def packed(facts: Facts, content: bytes) -> bytes:
    """What the process is sent."""
    told = {
        "file_name": facts.file_name,
        "lines": list(facts.lines),
        "counts": [list(line) for line in facts.counts],
        "findings": [
            [f.sheet, f.cell, f.header, f.value, f.message, f.severity, f.fix] for f in facts.findings
        ],
    }
    data = json.dumps(told).encode()
    return len(data).to_bytes(8, "big") + data + content


def unpacked(data: bytes) -> Facts:
    """The facts as they were packed."""
    told = json.loads(data)
    return Facts(told["file_name"], told["lines"], told["counts"], [Finding(*f) for f in told["findings"]])
