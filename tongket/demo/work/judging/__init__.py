"""The judging year of the demo, done by the product's own acts."""
