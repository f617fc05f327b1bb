"""The year's work of the demo district, done by the product's own acts once its books are in."""
