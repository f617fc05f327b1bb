"""The code in a photo of a card; runs in a child process with limits, since pictures come from strangers.

Standard input: the picture's bytes. Standard output: the text of each code found, one a line.
Exit code 3: no picture that can be read; 4: too many points.
"""

import io
import resource
import sys

CPU_SECONDS = 8
MEMORY = 768 * 2**20
MAX_BYTES = 15 * 2**20
MAX_POINTS = 60_000_000
MAX_POINTS_WHOLE = 25_000_000  # of a picture that cannot be decoded smaller than it is
SIDE = 2_200
NO_PICTURE, TOO_BIG = 3, 4


def main() -> int:
    """Write the codes found in the picture that stands on standard input."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return TOO_BIG
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # judged by ourselves, before anything is decoded
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
        points = picture.width * picture.height
        if points > (MAX_POINTS if picture.format == "JPEG" else MAX_POINTS_WHOLE):
            return TOO_BIG
        picture.draft("L", (SIDE, SIDE))
        grey = picture.convert("L")
        grey.thumbnail((SIDE, SIDE))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError):
        return NO_PICTURE
    import zxingcpp

    for found in zxingcpp.read_barcodes(grey):
        sys.stdout.buffer.write(found.text.encode("utf-8", errors="replace") + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
