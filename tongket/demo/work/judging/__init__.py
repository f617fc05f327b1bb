"""The judging year of the demo: rated, badged, commended, inspected, disciplined, admitted by the product's own acts."""
