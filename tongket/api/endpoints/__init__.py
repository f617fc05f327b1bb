"""What a program may ask, one module a subject."""
