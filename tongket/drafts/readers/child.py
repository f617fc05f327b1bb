"""Child process with limits: takes the text out of a Word or PDF file, since drafts come from strangers.

Standard input: the kind, a line break, the bytes. Standard output: JSON, `text` or `fault`.
"""

import io
import json
import re
import resource
import sys

CPU_SECONDS = 45
MEMORY = 480 * 2**20
MAX_PAGES = 500


def limit() -> None:
    """Bound time and memory of this process, and leave no core file."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Write the text of what stands on standard input."""
    limit()
    kind, _line, content = sys.stdin.buffer.read().partition(b"\n")
    answer = {"pdf": _pdf, "docx": _docx}[kind.decode()](content)
    sys.stdout.write(json.dumps(answer))
    return 0


def _docx(content: bytes) -> dict[str, str]:
    from tongket.drafts.readers.package import all_pieces, opened
    from tongket.drafts.readers.word import joined

    return {"text": joined(all_pieces(opened(content)))}


def _pdf(content: bytes) -> dict[str, str]:
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError

    from tongket.drafts.readers.cleaning import clean

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "encrypted"}
        if len(reader.pages) > MAX_PAGES:
            return {"fault": "pages"}
        text = "\n".join(page.extract_text() or "" for page in reader.pages)
    except (PdfReadError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {"fault": "damaged"}
    return {"text": _lines_joined(clean(text))}


def _lines_joined(text: str) -> str:
    """Lines that only the paper's width broke, put back together: a sentence is read whole."""
    return re.sub(r"(?<=[^\s.!?:;])[ ]?\n(?=[a-zà-ỹđ0-9(%])", " ", text)


if __name__ == "__main__":
    sys.exit(main())
