"""Faults at every step of a launch and of a switch: one intent never gives two campaigns, no answer goes astray."""
