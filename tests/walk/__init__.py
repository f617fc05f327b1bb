"""The program as an outsider tries it: what one may not see, change or slip in."""
