"""Pages of dated records: one declaration a kind of record gives its list, page, and forms to enter, correct and void."""
