"""The Party's regulations as dated data with citations, and the pure functions that apply them."""
