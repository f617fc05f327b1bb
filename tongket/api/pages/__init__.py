"""The administrator's pages: which programs may read, with which duties and tokens."""
