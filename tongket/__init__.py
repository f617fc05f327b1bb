"""Tổng kết: a Party organisation's year and its year-end report, every figure leading to its records."""
