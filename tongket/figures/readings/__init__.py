"""How the sources of facts are read, a file a domain; `figures.sources` puts them together."""
