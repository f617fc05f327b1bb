"""Bulletins on public mood: notes by topic with the answer given. No author, no person, no quotation (M3)."""
