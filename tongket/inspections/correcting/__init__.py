"""The confirmed correction of a decision of discipline behind which no case stands in the books."""
