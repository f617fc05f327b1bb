"""Pages of the office: reports, the ledger, accounts."""
