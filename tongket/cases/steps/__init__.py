"""What happens in a case, step by step, and what a decision writes."""
