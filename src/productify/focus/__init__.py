"""Focus: sessions as a pure state machine, what to block now, breaks, and the promise that a block ends."""
