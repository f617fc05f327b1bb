"""Who may read a sealed case: sealed and unsealed with a reason, named and no longer named."""
