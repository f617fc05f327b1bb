"""The time limits of discipline, computed from the rules in force."""
