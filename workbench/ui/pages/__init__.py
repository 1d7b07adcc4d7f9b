"""One file per screen of the product."""
