"""The one door for tables that a stranger may have made: told apart by their bytes, measured, then read."""
