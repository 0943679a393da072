from __future__ import annotations

import re
import socket
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.sandbox.conftest import Receiver, ivr
from tests.sandbox.requests import create, everything, raw_block, raw_create, raw_delete, raw_lookup, raw_switch
from tui.sandbox.events import FaultBefell, SandboxEvent
from tui.sandbox.faults import parse_fault
from tui.sandbox.server import Sandbox, SandboxOptions

pytestmark = pytest.mark.usefixtures("moment")
OPERATIONS: dict[str, Callable[[Sandbox], socket.socket]] = {
    "": raw_create, "switch:": raw_switch, "delete:": raw_delete, "lookup:": raw_lookup,
    "block:": raw_block}
operations = pytest.mark.parametrize("operation", OPERATIONS)


def with_faults(*texts: str, on_event: Callable[[SandboxEvent], None] | None = None) -> Sandbox:
    return Sandbox(SandboxOptions(faults=tuple(map(parse_fault, texts))), on_event)


def makes_a_campaign(sandbox: Sandbox) -> int:
    """The ID of one more campaign: those before it have been made too."""
    return int(everything(raw_create(sandbox)).rpartition(b"\r\n\r\n")[2])


@operations
def test_a_lost_answer_is_a_connection_that_ends_without_one(operation: str) -> None:
    with with_faults(f"{operation}lost-answer:1") as sandbox:
        if operation:
            makes_a_campaign(sandbox)
        assert everything(OPERATIONS[operation](sandbox)) == b""
        assert everything(OPERATIONS[operation](sandbox)) != b""


@operations
def test_a_cut_answer_promises_more_than_it_brings(operation: str) -> None:
    with with_faults(f"{operation}cut:1") as sandbox:
        if operation:
            makes_a_campaign(sandbox)
        head, _, body = everything(OPERATIONS[operation](sandbox)).partition(b"\r\n\r\n")

    promised = re.search(rb"content-length: (\d+)", head)
    assert head.startswith(b"HTTP/1.1 200 ")
    assert promised
    assert len(body) == int(promised[1]) // 2
    if not operation:
        assert body == b"20"  # of 20212: a number, and not the campaign's


@operations
def test_a_stalled_request_gets_no_answer_until_the_sandbox_ends(operation: str) -> None:
    with with_faults(f"{operation}stall") as sandbox:
        connection = OPERATIONS[operation](sandbox)
        connection.settimeout(0.1)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.settimeout(10)
        sandbox.stop()
        answer = b""
        with suppress(ConnectionResetError):  # on a busy machine the request may not have been read
            answer = everything(connection)
        assert answer == b""


def test_a_client_that_gives_up_on_a_stalled_request_is_let_go() -> None:
    with with_faults("stall:1") as sandbox:
        raw_create(sandbox).close()
        assert makes_a_campaign(sandbox) == 20212


@operations
@pytest.mark.parametrize(("fault", "status"), [("429", b"429 Too Many Requests"), ("500", b"500 Internal Server Error"),
                                               ("500-after", b"500 Internal Server Error")])
def test_faults_with_a_status(operation: str, fault: str, status: bytes) -> None:
    with with_faults(f"{operation}{fault}:1") as sandbox:
        assert everything(OPERATIONS[operation](sandbox)).startswith(b"HTTP/1.1 " + status + b"\r\n")


@operations
def test_a_page_of_html_is_answered_with_200(operation: str) -> None:
    with with_faults(f"{operation}html:1") as sandbox:
        answer = everything(OPERATIONS[operation](sandbox))

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"content-type: text/html" in answer
    assert answer.endswith(b"</html>\n")


@pytest.mark.parametrize(("fault", "next_id"), [
    ("lost-answer", 20213), ("cut", 20213), ("500-after", 20213), ("html", 20213), ("429", 20212), ("500", 20212),
    ("refuse-webhook", 20213),  # without a webhook there is nothing to refuse
])
def test_what_is_processed_and_what_is_not(fault: str, next_id: int) -> None:
    with with_faults(f"{fault}:1") as sandbox:
        everything(raw_create(sandbox))
        assert makes_a_campaign(sandbox) == next_id


@pytest.mark.parametrize(("fault", "found"), [("lost-answer", False), ("500-after", False), ("500", True),
                                              ("429", True)])
def test_a_delete_is_processed_or_not(fault: str, found: bool) -> None:
    with with_faults(f"delete:{fault}:1") as sandbox:
        makes_a_campaign(sandbox)
        everything(raw_delete(sandbox))
        answer = everything(raw_delete(sandbox))

    assert answer.endswith(b"\r\n\r\nOK" if found else b"Cannot find ivr_campaign with ID 20212")


def test_a_webhook_can_be_refused_unasked(receiver: Receiver) -> None:
    with with_faults("refuse-webhook:1") as sandbox:
        refused = create(sandbox, ivr(webhook_url=receiver.url))
        assert receiver.deliveries.empty()
        accepted = create(sandbox, ivr(webhook_url=receiver.url))

    assert (refused.status_code, refused.text) == (400, "webhook_url did not return 200")
    assert accepted.text == "20212"


def test_a_fault_is_told_and_befalls_its_own_operation_alone() -> None:
    events: list[SandboxEvent] = []
    with with_faults("switch:500", on_event=events.append) as sandbox:
        makes_a_campaign(sandbox)
        everything(raw_switch(sandbox))
        everything(raw_lookup(sandbox))
        everything(raw_delete(sandbox))

    assert [event for event in events if isinstance(event, FaultBefell)] == [
        FaultBefell("PATCH", "/ivr_campaigns/20212", "switch:500")]
