"""Pages of reorganisation: plans step by step, their effects, and figures carried across."""
