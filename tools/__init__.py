"""What builds, shows and measures the package; nothing here is shipped."""
