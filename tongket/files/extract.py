"""The text of a paper, for search; runs in a child process with limits, since papers come from strangers.

Standard input: the kind's name, a line break, the bytes. Standard output: the text, UTF-8.
"""

import io
import resource
import sys
import zipfile

CPU_SECONDS = 20
MEMORY = 768 * 2**20
MAX_TEXT = 2_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def main() -> int:
    """Write the text of what stands on standard input."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    kind, _line, content = sys.stdin.buffer.read().partition(b"\n")
    text = {"pdf": _pdf, "docx": _docx, "txt": _txt}[kind.decode()](content)
    sys.stdout.buffer.write(text[:MAX_TEXT].encode("utf-8", errors="replace"))
    return 0


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() or "" for page in PdfReader(io.BytesIO(content)).pages[:500])


def _docx(content: bytes) -> str:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = fromstring(archive.read("word/document.xml"), forbid_dtd=True)
    paragraphs = []
    for paragraph in root.iter(f"{_W}p"):
        pieces = [
            node.text or "" if node.tag == f"{_W}t" else " "
            for node in paragraph.iter()
            if node.tag in (f"{_W}t", f"{_W}tab", f"{_W}br")
        ]
        paragraphs.append("".join(pieces))
    return "\n".join(paragraphs)


def _txt(content: bytes) -> str:
    return content.decode("utf-8-sig")


if __name__ == "__main__":
    sys.exit(main())
