"""The provider imitated on this machine, with simulated callees. It checks requests by rules of its own."""
