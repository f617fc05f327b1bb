"""Drawing the made-up district: organisations, people, lives and the records of its years."""
