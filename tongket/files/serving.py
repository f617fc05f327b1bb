"""A file as a download: never shown as a page, whatever it holds (ASVS 3.2.1)."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from tongket.files import store
from tongket.files.drafts import Upload
from tongket.files.kinds import KINDS
from tongket.files.models import Attachment
from tongket.ui.shell.errors import Missing


def download(attachment: Attachment) -> FileResponse:
    """The attachment with its own name (RFC 6266), told to the browser as something to keep, not to show."""
    stored = attachment.stored
    try:
        stream = store.path_of(stored.sha256).open("rb")
    except FileNotFoundError:
        raise Missing(
            _("Tệp “%(name)s” không còn trên máy chủ. Hãy báo người quản trị khôi phục từ bản sao lưu.")
            % {"name": attachment.name}
        ) from None
    kind = KINDS.get(stored.kind)
    answer = FileResponse(
        stream,
        as_attachment=True,
        filename=attachment.name,
        content_type=kind.mime if kind else "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def uploads_of(request: HttpRequest, field: str, role: str = "main") -> list[Upload]:
    """The files sent in a form field, read whole (the size limit was kept before)."""
    return [Upload(sent.name or "", sent.read(), role) for sent in request.FILES.getlist(field)]
