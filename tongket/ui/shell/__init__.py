"""The frame around every page: navigation, error pages, language, the small views of the header."""
