"""The profile of a member: how its fields are stored, what is judged of them, and how they hold over time."""
