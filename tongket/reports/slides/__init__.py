"""The conference's deck of twelve slides, from the same figures and charts as the report."""

from tongket.reports.slides.make import SLIDES, file_name, slides_of

__all__ = ["SLIDES", "file_name", "slides_of"]
