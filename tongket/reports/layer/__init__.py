"""The fact layer: the facts of a report as data, and the carriers that take them along (Word, PDF, xBRL-JSON, CSV)."""
