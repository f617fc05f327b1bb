"""The PDF of a report, set by Typst from the Word file itself, so that an office's own template changes both."""

from tongket.reports.pdf.make import Attachment, docx_to_typst, make_pdf

__all__ = ["Attachment", "docx_to_typst", "make_pdf"]
