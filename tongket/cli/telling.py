"""Commands about what is told of the year: the news text, the slides of the conference."""

import argparse
from pathlib import Path
from typing import Any

from tongket.cli.common import add, asked


def declare(commands: Any) -> None:
    """Add this module's commands to the parser."""
    news = add(commands, "news", _news, "bản tin của năm cho cổng thông tin, ngắn hoặc đầy đủ")
    _whose(news)
    news.add_argument("--long", action="store_true", help="bản đầy đủ (mặc định: bản ngắn)")
    news.add_argument("--format", choices=("text", "html"), default="text", help="chữ thường hoặc HTML")
    news.add_argument(
        "--out", type=Path, metavar="THƯ MỤC", help="ghi cả hai dạng và hai biểu đồ vào thư mục"
    )
    slides = add(commands, "slides", _slides, "bài trình chiếu 12 trang cho hội nghị")
    _whose(slides)
    slides.add_argument("--out", required=True, type=Path, metavar="TỆP.pptx")


def _whose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--org", required=True, metavar="MÃ", help="mã tổ chức, ví dụ QS")
    parser.add_argument("--period", required=True, metavar="KỲ", help="2023, 2023-Q1, 2023-H1")
    parser.add_argument("--as-at", metavar="NGÀY", help="tính đến ngày (mặc định cuối kỳ)")


def _news(arguments: argparse.Namespace) -> int:
    from tongket.reports.news import LONG, SHORT, as_html, as_text, files, news_of
    from tongket.reports.pack import write_files

    made = news_of(**asked(arguments), length=LONG if arguments.long else SHORT)
    if arguments.out is None:
        print(as_html(made) if arguments.format == "html" else as_text(made), end="")
        return 0
    for path in write_files(arguments.out, files(made)):
        print(path)
    return 0


def _slides(arguments: argparse.Namespace) -> int:
    from tongket.reports.pack import write_files
    from tongket.reports.slides import slides_of

    if arguments.out.suffix.lower() != ".pptx":
        raise ValueError(
            f"Tên tệp “{arguments.out.name}” phải kết thúc bằng .pptx, ví dụ hoi-nghi-2023.pptx."
        )
    made = slides_of(**asked(arguments))
    for path in write_files(arguments.out.parent, {arguments.out.name: made}):
        print(path)
    return 0
