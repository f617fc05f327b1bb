"""The size limit of a request with files, kept before anything of it is stored."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class LimitedUploadHandler(FileUploadHandler):
    """Refuse a request that announces, or a file that turns out, more than ``settings.MAX_UPLOAD_BYTES``.

    Comes first in ``FILE_UPLOAD_HANDLERS``; the handlers after it store what passes.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        """Raise ``RequestDataTooBig`` (HTTP 400) before reading when the announced length is too big."""
        if content_length > settings.MAX_UPLOAD_BYTES:
            raise RequestDataTooBig(f"the request is larger than {settings.MAX_UPLOAD_BYTES} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on; stop a file that grows past the limit whatever its request announced."""
        if start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the finished file to the handlers that follow."""
