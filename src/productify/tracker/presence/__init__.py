"""What shows that somebody is there without input: each signal is a probe of its own, `judge` weighs them."""
