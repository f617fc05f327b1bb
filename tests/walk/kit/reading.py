"""What an answer says, in words: pages, JSON, Excel, Word and PDF files, headers."""

import io
import json
import re
import zipfile
from typing import Any

from pypdf import PdfReader

_TAGS = re.compile(r"<[^>]*>")
_HIDDEN = re.compile(r'(name="csrfmiddlewaretoken" value="[^"]*")|(nonce="[^"]*")')


def text_of(answer: Any) -> str:
    """All text of an answer, headers included; files are opened."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n{body_of(answer)}"


def body_of(answer: Any) -> str:
    """The text of the body."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(json.loads(content), ensure_ascii=False)
    return _HIDDEN.sub("", content.decode())


def _zipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            archive.read(name).decode("utf-8", "replace")
            for name in archive.namelist()
            if name.endswith((".xml", ".rels", ".txt", ".html"))
        ]
    # Word cuts a word into runs: read it once with its marks and once without.
    return "\n".join([*parts, *(_TAGS.sub("", part) for part in parts)])
