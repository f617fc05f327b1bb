"""Pages of locked figure books."""
