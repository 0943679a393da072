"""The provider's API: one long-lived client, one transport for every request, one tree of errors.

`tui.provider.client` is what callers import. Nothing is imported here, so that `tui.core.base_url`, which the
configuration needs at the start, does not bring the HTTP library with it.
"""
