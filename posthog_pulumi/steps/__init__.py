"""What each of the engine's steps does, in the provider's process: strip, parse, call, wrap."""
