"""Taking an import back whole, as long as nothing was built on it."""
