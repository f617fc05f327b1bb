"""The read-only interface for other programs: JSON under /api/v1/, opened by a token and by nothing else.

A program is an account without a password (`ApiClient.user`): its duties are assignments like anybody's, so that every
list, mask and seal decides about it exactly as about a person with the same duties.
"""
