"""The end of a campaign whose place another has taken: deleted behind the launch of that one."""

from __future__ import annotations

from tui.app.screen import AppScreen
from tui.app.screen_work import reasons_of
from tui.i18n.words import say
from tui.operations.succession import delete_former
from tui.store import Campaign
from tui.text.formats import id_text, sentence, short


async def delete_replaced(screen: AppScreen[None], successor: Campaign) -> None:
    """Delete the campaign whose place another has taken, and say so; where that fails, how it is tried again."""
    former = await screen.services.thread(screen.services.store.campaigns.get, successor.replaces or 0)
    name = short(former.name)
    try:
        done = await delete_former(screen.services, successor.id)
    except Exception as error:
        why = " ".join(map(sentence, reasons_of(error)))
        if not why:
            raise
        screen.notify(say("screens.successor.not_deleted", name=name, id=id_text(former) or "—", why=why),
                      severity="error")
        return
    if done is not None:
        screen.notify(say("screens.successor.deleted", name=name, id=id_text(former) or "—"))
