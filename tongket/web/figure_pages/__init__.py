"""Pages of figures: the overview of a year, comparison, catalogue, one figure, official forms, charts."""
