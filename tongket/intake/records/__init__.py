"""The classes of record that workbooks bring in: their columns and how rows become drafts."""
