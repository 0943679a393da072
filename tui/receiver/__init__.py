"""The webhook: what the provider posts is read, kept, and only then acknowledged (docs/architecture.md, rule 2).

A process of its own: `santral listen`. It knows the store and what a campaign is, and nothing else of the program.
"""
