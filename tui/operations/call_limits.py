"""A profile's limits per person, as they hold for a launch."""

from __future__ import annotations

from tui.campaign.call_limit import LaunchLimits, LimitRules
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone import possible_phones
from tui.operations.services import Services


def limits_of(services: Services, draft: ParsedDraft) -> LaunchLimits | None:
    """Of a launch of a draft now, with the profile in use; None where it limits nothing."""
    profile = services.profile
    own = frozenset() if profile.test_number is None else frozenset(possible_phones(profile.test_number))
    rules = LimitRules(profile.most_calls, profile.quiet_days, own)
    return LaunchLimits.of(rules, draft, services.now()) if rules else None
