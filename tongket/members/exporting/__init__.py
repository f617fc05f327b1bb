"""The register on its way out: the layouts of other systems, and the sheets for checking it by hand."""
