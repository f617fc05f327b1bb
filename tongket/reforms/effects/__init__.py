"""What a plan does: to people and organisations, to every figure, to what lies open; seen before it is done."""
