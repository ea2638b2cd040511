"""Listening: faults, the request log, and Django behind them."""
