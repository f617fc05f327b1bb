"""Figures over reorganisations: as they were, on the new tree, carried across."""
