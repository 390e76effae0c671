"""The budgets, measured: `sh installer/test.sh --bench`. Never part of the test run: machines are noisy."""
