"""The rules of a 90-day plan: horizon, board, document, projection, store."""
