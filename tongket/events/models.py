"""Commemorations, twinning and other events of an organisation, with programme, partners and what followed."""
