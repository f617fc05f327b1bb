"""The QR code of an invitation, and what reading a photo of one gives."""

import subprocess  # nosec B404  # only the exception of core.process
from io import BytesIO

import segno

from tongket.conferences.door import photo
from tongket.core.process import run


class BadPhoto(Exception):
    """A photo from which nothing can be read; the message says what to do."""


def qr_svg(address: str) -> str:
    """The code as a picture that stands in the page itself (`data:` address), sharp at any size."""
    return str(segno.make(address, error="m").svg_data_uri(border=2, scale=4, dark="#000", light="#fff"))


def qr_png(address: str) -> BytesIO:
    """The code as a PNG of print quality."""
    picture = BytesIO()
    segno.make(address, error="m").save(picture, kind="png", scale=5, border=2)
    picture.seek(0)
    return picture


def read_photo(content: bytes) -> str:
    """The text of the QR code in a photo. Raises `BadPhoto`."""
    if not content:
        raise BadPhoto("Chưa có ảnh nào. Hãy chụp lại thẻ.")
    if len(content) > photo.MAX_BYTES:
        raise BadPhoto("Ảnh lớn hơn 15 MB. Hãy chụp lại ở cỡ nhỏ hơn, hoặc gõ số trên thẻ.")
    try:
        ended = run("tongket.conferences.door.photo", content)
    except subprocess.TimeoutExpired:
        raise BadPhoto("Không đọc được ảnh này. Hãy gõ số trên thẻ.") from None
    if ended.returncode == photo.TOO_BIG:
        raise BadPhoto("Ảnh có quá nhiều điểm ảnh. Hãy chụp lại ở cỡ nhỏ hơn, hoặc gõ số trên thẻ.")
    if ended.returncode != 0:
        raise BadPhoto("Tệp này không phải ảnh JPEG, PNG đọc được. Hãy chụp lại, hoặc gõ số trên thẻ.")
    found = ended.stdout.decode("utf-8", errors="replace").splitlines()
    if not found:
        raise BadPhoto("Không thấy mã QR trong ảnh. Hãy chụp gần và thẳng hơn, đủ sáng, hoặc gõ số trên thẻ.")
    return found[0]
