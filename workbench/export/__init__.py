"""Documents for headquarters, all from one frozen summary."""
