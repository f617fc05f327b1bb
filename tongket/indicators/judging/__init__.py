"""Sources of the year's judging and the words of their fields: rounds, badges, inspections, cases, admissions."""
