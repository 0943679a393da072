"""Keys of the texts that name the parts of a campaign: its fields, states, targets, the places of its menu."""

from __future__ import annotations

from typing import Final

from tui.campaign.account import Standing
from tui.campaign.fields import CALL_TYPES, FIELDS, PHONE_LIST, Section
from tui.campaign.lifecycle import Action, State
from tui.campaign.menu import PLACES
from tui.campaign.target import TargetKind
from tui.config.checks import COLOURS
from tui.core.text_keys import TextKeys

FIELD_LABEL: Final = TextKeys("campaign.field.{}", (*FIELDS, PHONE_LIST))
FIELD_DEFAULT: Final = TextKeys("campaign.default.{}", FIELDS)  # what holds where a field is left empty
FIELD_HELP: Final = TextKeys("campaign.help.{}", FIELDS)
SECTION: Final = TextKeys("campaign.section.{}", Section)
CALL_TYPE: Final = TextKeys("campaign.call_type.{}", CALL_TYPES)
CALL_TYPE_SHORT: Final = TextKeys("text.type.{}", CALL_TYPES)
CHOICE: Final = TextKeys("campaign.choice.{}", ("BIREYSEL", "TACIR", "true", "false"))
MENU_PLACE: Final = TextKeys("campaign.digit.{}", PLACES)
TARGET_KIND: Final = TextKeys("campaign.target_kind.{}", TargetKind)
STATE: Final = TextKeys("campaign.state.{}", State)
PENDING: Final = {Action.ON: "campaign.state.switching_on", Action.OFF: "campaign.state.switching_off",
                  Action.DELETE: "campaign.state.deleting"}
PROFILE_COLOUR: Final = TextKeys("text.colour.{}", COLOURS)
STANDING: Final = TextKeys("campaign.standing.{}", (Standing.MISSING, Standing.GONE, Standing.UNCHECKED))
