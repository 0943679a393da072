"""A random walk through the app: keys, pastes, clicks, sizes and answers that nobody would think of.

A walk runs in one process without threads and without waiting: time stands still until all that is ready has run, then
jumps to the next timer. So it is fast, and the same seed is the same walk.
"""
