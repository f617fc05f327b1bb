"""Modules that run as children of `core.process`: they draw charts and set type."""
