"""The account that the sandbox imitates: what its look-ups answer. The two examples of the provider's document pass."""

from __future__ import annotations

from typing import Any, Final

ANNOUNCEMENTS: Final = {
    112: "Firmamıza hoşgeldiniz",
    128: "Hoş geldiniz",
    421: "Teşekkürler",
    428: "Kampanya koşulları",
    429: "Değerli abonemiz, son ödeme tarihi",
    430: "olan faturanızın tutarı",
    431: "liradır, iyi günler dileriz",
    456: "Değerli müşterimiz, son ödeme tarihi",
    457: "olan faturanızın tutarı",
    458: "tur. İyi günler dileriz.",
}
QUEUES: Final = {200: "Satış", 201: "Müşteri hizmetleri", 204: "Tahsilat"}
CALLER_IDS: Final = ("902129630131", "908501234567", "902121234567")
USERS: Final = {1000: "AVAILABLE", 1001: "AVAILABLE", 1002: "TALKING", 1003: "UNREGISTERED", 1004: "SS_DND"}
AGENTS: Final = (
    ("1000", "AVAILABLE", (200, 201)),
    ("1001", "AVAILABLE", (201, 204)),
    ("1002", "TALKING", (204,)),
    ("1003", "LOGGED_OUT", (200,)),
    ("1004", "ON_BREAK", (200, 204)),
    ("1010", "AVAILABLE", (204,)),
)
# The first are not called, the others may not call in.
BLOCKED_NUMBERS: Final = (*((place, f"90555000{place:04}", "outbound") for place in range(1, 13)),
                          *((place, f"90555000{place:04}", "inbound") for place in range(13, 18)))
DOMAIN_ID: Final = 429


def announcements() -> list[dict[str, Any]]:
    return [{"id": number, "name": name} for number, name in ANNOUNCEMENTS.items()]


def queues() -> list[dict[str, Any]]:
    return [{"number": number, "name": name} for number, name in QUEUES.items()]


def user_statuses() -> list[dict[str, Any]]:
    return [{"user": user, "status": status} for user, status in USERS.items()]


def agent_statuses(queue: str) -> list[dict[str, Any]]:
    """The agents of a queue; of all queues where `queue` is empty."""
    return [{"agent": agent, "status": status, "queues": [str(number) for number in of]}
            for agent, status, of in AGENTS if not queue or queue in map(str, of)]


class BlockedNumbers:
    """The account's blocked numbers: those it begins with, and those that are added."""

    def __init__(self) -> None:
        self._rows = list(BLOCKED_NUMBERS)

    def listed(self, direction: str) -> list[dict[str, Any]]:
        """Those that are blocked in one direction."""
        return [{"id": place, "number": number, "direction": which} for place, number, which in self._rows
                if which == direction]

    def add(self, number: str, direction: str) -> int | None:
        """Block a number, written as the provider reports it. Its ID; None where it is blocked already."""
        if any(row[1:] == (number, direction) for row in self._rows):
            return None
        self._rows.append((len(self._rows) + 1, number, direction))
        return len(self._rows)


def free_agents(queue: int) -> int:
    return sum(status == "AVAILABLE" and queue in of for _, status, of in AGENTS)


def spoken_seconds(announcement: int) -> float:
    """How long an announcement of the account plays: as long as it takes to say its name, slowly."""
    return 2 + len(ANNOUNCEMENTS[announcement]) / 12
