"""Decisions: what differs, what to send, what to refuse. Functions of values, with no effects."""
