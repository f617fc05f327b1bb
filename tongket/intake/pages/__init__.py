"""Pages for workbooks: download a template, upload, see what it would do, bring it in."""
