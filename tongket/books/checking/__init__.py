"""Books against the records: what changed and why, what is about to be locked, the check of all books."""
