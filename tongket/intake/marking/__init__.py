"""The user's own workbook with the findings in its cells, written in a process of its own."""
