"""The list of cases, the page of one, and what the pages of steps, appeals and seals share."""
