"""The official statistics forms as workbooks, and who stands behind what changed in them."""
