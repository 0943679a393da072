from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.sandbox.conftest import DOCUMENT_IVR, DOCUMENT_QUEUE, NOON, HandClock, Receiver, ivr
from tests.sandbox.requests import create, everything, raw, raw_lookup, raw_switch
from tui.core.secret import Secret
from tui.i18n.words import say
from tui.sandbox.events import Called, Listening, SandboxEvent, WebhookElsewhere, WebhookFailed, describe
from tui.sandbox.server import DEFAULT_KEY, Sandbox, SandboxError, SandboxOptions, open_socket

pytestmark = pytest.mark.usefixtures("moment")


@pytest.mark.parametrize("example", [DOCUMENT_IVR, DOCUMENT_QUEUE], ids=["ivr", "queue"])
def test_the_documents_examples_are_accepted(example: dict[str, Any]) -> None:
    events: list[SandboxEvent] = []
    with Sandbox(on_event=events.append) as sandbox:
        answer = create(sandbox, example)

    assert (answer.status_code, answer.content) == (200, b"20212")
    # Its webhook is not on this machine: it is not asked, and that is said.
    elsewhere = [event.host for event in events if isinstance(event, WebhookElsewhere)]
    assert elsewhere == (["sizin.adresiniz.com.tr"] if "webhook_url" in example else [])


def test_the_documents_first_example_as_printed_lacks_a_comma() -> None:
    printed = json.dumps(DOCUMENT_IVR, ensure_ascii=False).replace("}, {", "} {").encode()
    with Sandbox() as sandbox:
        answer = everything(raw(sandbox, "POST", "/ivr_campaigns.json", printed, "application/json"))

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.endswith(b"\r\n\r\nINVALID_JSON")


def test_the_webhook_is_asked_with_an_empty_body(receiver: Receiver) -> None:
    with Sandbox() as sandbox:
        answer = create(sandbox, ivr(webhook_url=receiver.url))

    asked = receiver.next()
    assert (asked.path, asked.body) == ("/bildirim/token", b"")
    assert answer.text == "20212"


@pytest.mark.parametrize("status", [204, 302, 404, 500])
def test_a_webhook_that_does_not_answer_200_refuses_the_campaign(receiver: Receiver, status: int) -> None:
    receiver.status = status
    events: list[SandboxEvent] = []
    with Sandbox(on_event=events.append) as sandbox:
        answer = create(sandbox, ivr(webhook_url=receiver.url))

    assert (answer.status_code, answer.text) == (400, "webhook_url did not return 200")
    assert WebhookFailed("127.0.0.1", status) in events


def test_a_webhook_that_nobody_listens_at_refuses_the_campaign() -> None:
    with open_socket("127.0.0.1", 0) as unused:
        port = unused.getsockname()[1]
    with Sandbox() as sandbox:
        answer = create(sandbox, ivr(webhook_url=f"http://127.0.0.1:{port}/"))

    assert answer.text == "webhook_url did not return 200"


def test_a_campaign_that_breaks_a_rule_does_not_reach_its_webhook(receiver: Receiver) -> None:
    with Sandbox() as sandbox:
        create(sandbox, ivr(webhook_url=receiver.url, name=""))

    assert receiver.deliveries.empty()


NOTIFICATION = re.compile(
    rb"notification_id=(\d+)&notification_date=2022-09-12\+\d\d%3A\d\d%3A\d\d\+UTC&domain_id=429&ivr_campaign_id=20212"
    rb"&ivr_campaign_name=M%C3%BC%C5%9Fteri\+anketi&ivr_lead_id=(\d+)&phone=(\d+)"
    rb"&digit=(?:1|-|%21(?:[02-9]|%2A|%23)|)&status=[A-Za-z0-9%+]+"
    rb"&call_uuid=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def test_each_call_is_posted_once_with_the_documents_fields_in_order(receiver: Receiver, clock: HandClock) -> None:
    numbers = [f"90532{place:07}" for place in range(20)]
    events: list[SandboxEvent] = []
    with Sandbox(SandboxOptions(seed=5), events.append, clock) as sandbox:
        create(sandbox, ivr(name="Müşteri anketi", webhook_url=receiver.url, call_retries=2,
                            phone_list=[{"phone": number} for number in numbers]))
        assert receiver.next().body == b""
        clock.forward(3 * 3600)
        sandbox.wake()
        found: list[re.Match[bytes]] = []
        # What is due at once is told at once: the first delivery comes after the last call was told.
        while len({match[3] for match in found}) < 20 or len(found) < calls_in(events):
            delivery = receiver.next()
            assert delivery.content_type == "application/x-www-form-urlencoded"
            match = NOTIFICATION.fullmatch(delivery.body)
            assert match, delivery.body
            found.append(match)

    assert len(found) > 20  # some were called again
    assert len({match[1] for match in found}) == len(found)
    assert {match[3].decode() for match in found} == set(numbers)
    assert len({(match[2], match[3]) for match in found}) == 20  # a number keeps its lead
    assert receiver.deliveries.empty()


def calls_in(events: list[SandboxEvent]) -> int:
    return sum(isinstance(event, Called) for event in events)


def test_notification_ids_go_on_where_an_earlier_run_could_not_have_been(receiver: Receiver) -> None:
    def first_id(clock: HandClock) -> int:
        with Sandbox(clock=clock) as sandbox:
            create(sandbox, ivr(webhook_url=receiver.url))
            receiver.next()
            clock.forward(600)
            sandbox.wake()
            return int(dict(parse_qsl(receiver.next().body.decode()))["notification_id"])

    later = HandClock()
    later.forward(60)

    assert first_id(later) > first_id(HandClock()) >= NOON.timestamp()


def test_real_time_goes_by_as_fast_as_asked_for(receiver: Receiver) -> None:
    with Sandbox(SandboxOptions(speed=100_000, always_open=True)) as sandbox:
        create(sandbox, ivr(webhook_url=receiver.url))
        receiver.next()

        assert b"ivr_campaign_id=20212" in receiver.next().body


def test_everything_received_is_kept_with_its_bytes(clock: HandClock) -> None:
    with Sandbox(clock=clock) as sandbox:
        everything(raw_switch(sandbox))
        everything(raw_lookup(sandbox))

    switch, lookup = sandbox.requests
    assert (switch.method, switch.path, switch.query, switch.at) == ("PATCH", "/ivr_campaigns/20212", "", NOON)
    assert switch.body == f"key={DEFAULT_KEY}&status=off".encode()
    assert ("content-type", "application/x-www-form-urlencoded") in switch.headers
    assert (lookup.path, lookup.query) == ("/queues", f"key={DEFAULT_KEY}")


def test_neither_the_log_nor_a_request_shows_a_key(language: str) -> None:
    mistyped, real = "K-mistyped", "K99999999-1111-2222-3333-444444444444"
    lines: list[str] = []
    with Sandbox(on_event=lambda event: lines.append(describe(event))) as sandbox:
        for key in (DEFAULT_KEY, mistyped, real):
            create(sandbox, ivr(key=key))
            everything(raw(sandbox, "GET", f"/queues?key={key}"))
            everything(raw(sandbox, "DELETE", f"/ivr_campaigns/1?key={key}"))
        for key in (DEFAULT_KEY, real):
            everything(raw(sandbox, "DELETE", f"/ivr_campaigns/{key}"))
            create(sandbox, ivr(**{key: 1}))

    shown = "\n".join(lines) + repr(sandbox.requests)
    assert len(lines) == 14
    assert not any(key in shown for key in (DEFAULT_KEY, mistyped, real))


def test_an_account_may_have_another_key_and_other_ids() -> None:
    key = "K55555555-1234-5678-4321-123456789012"
    with Sandbox(SandboxOptions(key=Secret(key), first_id=7)) as sandbox:
        assert create(sandbox, ivr()).text == f"Gecersiz anahtar: {DEFAULT_KEY}"
        assert create(sandbox, ivr(key=key)).text == "7"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.com", "::", "localhost.example.com", ""])
def test_only_this_machine_is_listened_on(host: str, language: str) -> None:
    with pytest.raises(SandboxError) as refused:
        open_socket(host, 0)

    assert refused.value.reason.code == "sandbox.not_this_machine"
    assert host in say(refused.value.reason.code, **refused.value.reason.params)


def test_localhost_is_this_machine() -> None:
    with open_socket("localhost", 0) as opened:
        assert opened.getsockname()[0] == "127.0.0.1"


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_the_address_of_ipv6_is_one_that_can_be_opened() -> None:
    try:
        open_socket("::1", 0).close()
    except SandboxError:
        pytest.skip("this machine has no IPv6 loopback")
    with Sandbox(SandboxOptions(host="::1")) as sandbox:
        assert sandbox.address.startswith("http://[::1]:")
        assert create(sandbox, ivr()).text == "20212"


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port(port: int, language: str) -> None:
    with pytest.raises(SandboxError) as refused:
        open_socket("127.0.0.1", port)

    assert str(port) in say(refused.value.reason.code, **refused.value.reason.params)


@pytest.mark.parametrize("start", [Sandbox.start_in_thread, Sandbox.run_forever])
def test_a_busy_port_is_said_and_does_not_end_the_program(start: Callable[[Sandbox], None], language: str) -> None:
    with open_socket("127.0.0.1", 0) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(SandboxError) as refused:
            start(Sandbox(SandboxOptions(port=port)))

    assert refused.value.reason.code == "sandbox.port_busy"
    assert str(port) in say(refused.value.reason.code, **refused.value.reason.params)


def test_where_it_listens_is_told_first_and_known_only_when_it_runs() -> None:
    events: list[SandboxEvent] = []
    sandbox = Sandbox(on_event=events.append)
    with pytest.raises(RuntimeError):
        sandbox.address  # noqa: B018 - reading it is what is refused
    with sandbox:
        assert events == [Listening(sandbox.address)]


def test_a_port_is_free_again_after_the_end() -> None:
    with Sandbox() as first:
        create(first, ivr())
        port = urlsplit(first.address).port
    assert port is not None
    with Sandbox(SandboxOptions(port=port)) as second:
        assert create(second, ivr()).text == "20212"


def test_stop_without_a_start_and_twice_is_nothing() -> None:
    Sandbox().stop()
    with Sandbox() as sandbox:
        sandbox.stop()


SCRIPT = """
from tui.sandbox.server import Sandbox
sandbox = Sandbox(on_event=lambda event: print(event.address, flush=True))
sandbox.run_forever()
print("ended")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    command = [sys.executable, "-c", SCRIPT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(number)
        rest, errors = process.communicate(timeout=20)

    assert (rest, errors, process.returncode) == ("ended\n", "", 0)


def test_it_is_imported_without_what_only_a_running_one_needs() -> None:
    script = ("import sys, tui.sandbox.server, tui.sandbox.events, tui.sandbox.faults\n"
              "print([name for name in ('httpx', 'starlette', 'uvicorn', 'textual') if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_of_what_was_received_no_more_is_kept_than_a_little_memory_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.sandbox.server._MAX_BYTES_KEPT", 1_000)
    with Sandbox() as sandbox:
        for size in (100, 400, 600, 5_000):
            everything(raw(sandbox, "POST", "/ivr_campaigns.json", b"x" * size, "application/json"))
            kept = [len(received.body) for received in sandbox.requests]
            assert kept == {100: [100], 400: [100, 400], 600: [400, 600], 5_000: [5_000]}[size]
