"""Reorganisation as a whole: a plan of several steps, its effects seen beforehand, one act, and figures across it."""
