"""A store in PostgreSQL, for a team: several apps and receivers on several machines.

Loaded only where a URL asks for it.
"""
