"""The year as a news text for the portal: every number in it is a figure of the report or stands in a record."""

from tongket.reports.news.compose import LONG, SHORT, News, can_be_told, news_of
from tongket.reports.news.output import as_html, as_text, files, news_files

__all__ = ["LONG", "SHORT", "News", "as_html", "as_text", "can_be_told", "files", "news_files", "news_of"]
