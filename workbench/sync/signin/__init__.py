"""Sign-in: one file for each way a platform lets a person in, and what keeps the answer fresh afterwards."""
