"""Pages of dated records: one declaration a kind gives list, page, and forms to enter, correct and void."""
