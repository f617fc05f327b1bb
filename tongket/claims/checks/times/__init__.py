"""Days, years and ages: what does not exist, does not subtract, or lies outside its season."""
