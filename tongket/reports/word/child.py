"""The process in which an office's template is rendered: no database, no settings, no secrets, and hard limits.

Reads the plain data as one JSON document from standard input. Exit code 0: the finished .docx is on standard
output. Exit code 3: a JSON list of Vietnamese sentences that say why the template is refused.
"""

import base64
import io
import json
import resource
import sys

CPU_SECONDS = 10
MEMORY = 512 * 2**20
OUTPUT = 50 * 2**20
REFUSED = 3


def limit() -> None:
    """Set the limits that hold from here to the end of the process."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Render what stands on standard input."""
    limit()
    data = json.load(sys.stdin.buffer)

    from jinja2.exceptions import SecurityError, TemplateError

    from tongket.reports.word.language import TemplateRefused
    from tongket.reports.word.template import render

    try:
        finished = render(base64.b64decode(data["template"]), data)
    except TemplateRefused as refused:
        return _refuse(refused.problems)
    except SecurityError:
        return _refuse(["Mẫu dùng tên không được phép."])
    except TemplateError as error:
        context = " ".join(
            str(line).strip() for line in getattr(error, "docx_context", ()) if str(line).strip()
        )
        return _refuse(
            [f"Mẫu viết sai cú pháp ({error}). {('Gần: ' + context[:120]) if context else ''}".strip()]
        )
    if len(finished) > OUTPUT:
        return _refuse([f"Báo cáo làm ra lớn quá {OUTPUT // 2**20} MB."])
    sys.stdout.buffer.write(finished)
    return 0


def _refuse(problems: list[str]) -> int:
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
    json.dump(problems, stream, ensure_ascii=False)
    stream.flush()
    stream.detach()
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
