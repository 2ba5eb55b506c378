"""What everything costs, beside what it must cost: `python -m tests.speed [PART…] [--size 10k 100k 1m] [--json FILE]`.

Nothing here is a test: a time says little about another machine. What counts are the ratios to floors of the same run.
"""
