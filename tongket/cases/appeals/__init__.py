"""Appeals against decisions of discipline, what they end in; the confirmed correction."""
