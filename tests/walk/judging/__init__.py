"""The walk over the year's judging: what is sent, what is sealed, what is masked."""
