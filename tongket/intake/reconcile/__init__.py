"""The register held against an export of another system: what differs, and what was decided about it."""
