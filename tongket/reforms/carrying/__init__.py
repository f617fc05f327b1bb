"""Carrying out the steps of a plan, and who goes where at a split."""
