"""The PDF of a report, set by Typst from the Word file itself, so that an office's own template changes both."""

from tongket.reports.pdf.make import docx_to_typst, make_pdf

__all__ = ["docx_to_typst", "make_pdf"]
