"""Opening a workbook: the one door for every kind of table file (`door/`)."""

from tongket.intake.door.opening import ENDINGS, check_name, open_workbook
from tongket.intake.door.page import MAX_COLUMN, MAX_FILE, MAX_ROW, BadWorkbook, Page

__all__ = [
    "ENDINGS",
    "MAX_COLUMN",
    "MAX_FILE",
    "MAX_ROW",
    "BadWorkbook",
    "Page",
    "check_name",
    "open_workbook",
]
