"""The facts of a report in the open formats: JSON, CSV, xBRL-JSON."""

from tongket.reports.exchange.archive import archive
from tongket.reports.layer.model import FactSheet
from tongket.reports.layer.xbrl import xbrl_files

FACTS_JSON, FACTS_CSV = "so-lieu.json", "so-lieu.csv"


def facts_json(sheet: FactSheet) -> bytes:
    """The open JSON, as it lies in every package and inside every PDF."""
    return sheet.as_json().encode()


def xbrl_zip(sheet: FactSheet) -> bytes:
    """xBRL-JSON with its taxonomy, as one file to hand on."""
    return archive(xbrl_files(sheet), sheet.made_at)
