"""Requests to a running sandbox: whole ones by a client, and raw ones of which every byte that comes back is seen."""

from __future__ import annotations

import json
import socket
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.sandbox.conftest import ivr
from tui.sandbox.server import DEFAULT_KEY, Sandbox


def create(sandbox: Sandbox, fields: dict[str, Any]) -> httpx.Response:
    return httpx.post(f"{sandbox.address}/ivr_campaigns.json", json=fields, trust_env=False)


def raw(sandbox: Sandbox, method: str, path: str, body: bytes = b"", content_type: str = "") -> socket.socket:
    """A request on a connection of its own, sent whole."""
    parts = urlsplit(sandbox.address)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=10)
    connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {content_type}\r\n"
                       f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    return connection


def raw_create(sandbox: Sandbox) -> socket.socket:
    return raw(sandbox, "POST", "/ivr_campaigns.json", json.dumps(ivr()).encode(), "application/json")


def raw_switch(sandbox: Sandbox) -> socket.socket:
    form = f"key={DEFAULT_KEY}&status=off".encode()
    return raw(sandbox, "PATCH", "/ivr_campaigns/20212", form, "application/x-www-form-urlencoded")


def raw_delete(sandbox: Sandbox) -> socket.socket:
    return raw(sandbox, "DELETE", f"/ivr_campaigns/20212?key={DEFAULT_KEY}")


def raw_block(sandbox: Sandbox) -> socket.socket:
    fields = {"key": DEFAULT_KEY, "number": "905321234567", "direction": "outbound"}
    return raw(sandbox, "POST", "/blocked_numbers", json.dumps(fields).encode(), "application/json")


def raw_lookup(sandbox: Sandbox) -> socket.socket:
    return raw(sandbox, "GET", f"/queues?key={DEFAULT_KEY}")


def everything(connection: socket.socket) -> bytes:
    with connection:
        return b"".join(iter(lambda: connection.recv(65536), b""))
