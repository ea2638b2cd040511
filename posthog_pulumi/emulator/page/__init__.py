"""`/`: what the emulator holds and does, for people to look at."""
