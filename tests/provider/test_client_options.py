"""Proxies and certificates of the environment: what can't be used is named, what isn't needed is no hindrance."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import pytest

from tests.provider.stand_in import Connection, response, serving
from tui.campaign.lifecycle import NotSent
from tui.core.secret import MASK, Secret
from tui.provider.client import Provider
from tui.provider.client_options import BadSetting, client_options
from tui.provider.errors import NotReached

KEY = "K98765432-1234-5678-4321-210987654321"
URL = "https://provider.example.com"
HOST = "provider.example.com"
ADDRESS = "https://[fd00::7]:8443"
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


@pytest.fixture(autouse=True)
def nothing_of_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def proxy_of(url: str) -> str | None:
    proxy = client_options(url, None)["proxy"]
    return None if proxy is None else str(proxy.url)


@pytest.mark.parametrize("url", [URL, ADDRESS])
@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
@pytest.mark.parametrize("listed", [
    "", ",", "fd00:1::/32", "::1", "[::1]", "[fe80::]/10", "fe80::1%lo", "10.0.0.0/8,::1/128", "[", "]", "[]", "[::1",
    "::1]", "a b", "exa mple.com", "\x01", "ş.example", "%", "http://", "://", "https://[", "example.com:99999999999",
    "*.", ".", "300.300.300.300", "1.2.3.4/99", "fd00::/999", "localhost,127.0.0.1,fd00:2::/32,[::1]:80", "x" * 5000,
    "provider.example.org", "notprovider.example.com", "http://provider.example.com", "provider.example.com:80",
])
def test_what_leads_elsewhere_or_nowhere_is_no_hindrance(
    url: str, listed: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.com:3128")
    monkeypatch.setenv(name, listed)
    assert proxy_of(url) == "http://proxy.example.com:3128"


@pytest.mark.parametrize(("url", "listed"), [
    (URL, "*"), (URL, "x, *"), (URL, HOST), (URL, HOST.upper()), (URL, "example.com"), (URL, ".example.com"),
    (URL, "*.example.com"), (URL, f"a,{HOST}:443"), (URL, f"https://{HOST}"), (URL, f"all://{HOST}"),
    (URL, f"fd00::/8,{HOST}"), (URL, f"[,{HOST}"),
    (ADDRESS, "fd00::/8"), (ADDRESS, "[fd00::]/8"), (ADDRESS, "fd00::7"), (ADDRESS, "[fd00::7]"),
    (ADDRESS, "[fd00::7]:8443"), (ADDRESS, "fd00:0::7/128"), ("https://10.1.2.3", "10.0.0.0/8"),
    ("https://10.1.2.3", "10.1.2.3"), ("https://10.1.2.3", "10.1.2.3:443"),
])
@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_what_is_listed_is_asked_without_a_proxy(
    url: str, listed: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://proxy.example.com:3128")
    monkeypatch.setenv(name, listed)
    assert proxy_of(url) is None


@pytest.mark.parametrize(("value", "read"), [
    ("proxy.example.com:3128", "http://proxy.example.com:3128"), ("http://10.0.0.1:1/", "http://10.0.0.1:1"),
    ("https://proxy.example.com", "https://proxy.example.com"), ("http://[fd00::1]:8080", "http://[fd00::1]:8080"),
    ("http://my_proxy:1", "http://my_proxy:1"), ("http://user:word@proxy.example.com:1", "http://proxy.example.com:1"),
])
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_a_proxy_that_can_be_used_is(value: str, read: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert proxy_of(URL) == read


@pytest.mark.parametrize("value", [
    "socks5://127.0.0.1:1", "socks5h://127.0.0.1:1", "socks4://127.0.0.1:1", "gopher://127.0.0.1:1", "http://[::1",
    "http://", "://", ":3128", "http://proxy.example.com:0", "http://proxy.example.com:99999", "http://a b:1",
    "http://xn--a.example:1", "http://a..b:1", "garbage in", "http://[::1%lo]:1", "\x07", "ftp://proxy.example.com",
])
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
async def test_a_proxy_that_can_not_be_used_is_named(value: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    async with Provider(URL, Secret(KEY)) as provider:
        outcome = await provider.create({"name": "x"})
    assert isinstance(outcome, NotSent)
    assert outcome.reason.code == "provider.not_reached.settings"
    params = outcome.reason.params
    assert (params["host"], params["variable"], params["value"]) == (HOST, name, value.replace("\x07", "\\x07"))


@pytest.mark.parametrize("value", [
    "gopher://user:hidden-word@proxy:1", "user:hidden-word@proxy:99999", "http://user:hidden@-word@a b:1",
    "http://u:hidden-word@", "hidden-word@", "//user:hidden-word@x y",
])
async def test_a_password_of_a_proxy_is_not_told(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    async with Provider(URL, Secret(KEY)) as provider:
        with pytest.raises(NotReached) as refused:
            await provider.check_key()
    told = f"{refused.value!r} {refused.value.reason}"
    assert "word" not in told
    assert "hidden" not in told
    assert MASK in told
    assert "HTTPS_PROXY" in told


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
@pytest.mark.parametrize("kind", ["missing", "other kind", "garbage"])
def test_certificates_that_can_not_be_read_are_named(
    variable: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    match kind:
        case "other kind" if variable == "SSL_CERT_FILE":
            path.mkdir()
        case "garbage" if variable == "SSL_CERT_FILE":
            path.write_bytes(b"no certificate")
        case "missing":
            pass
        case _:
            path.write_bytes(b"no folder")
    monkeypatch.setenv(variable, str(path))
    with pytest.raises(BadSetting) as refused:
        client_options(URL, None)
    assert refused.value.reason.params == {"host": HOST, "variable": variable, "value": str(path)}
    client_options("http://127.0.0.1:9", None)  # towards this machine they don't count


async def test_session_keys_are_written_nowhere_and_where_they_can_not_be_it_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def proxy(connection: Connection) -> None:
        await connection.request()
        await connection.send(response("502 Bad Gateway"))

    for place in (tmp_path / "none" / "keys", tmp_path, Path(os.devnull) / "keys", tmp_path / "keys"):
        monkeypatch.setenv("SSLKEYLOGFILE", str(place))
        async with serving(proxy) as server:
            monkeypatch.setenv("HTTPS_PROXY", server.url)
            async with Provider(URL, Secret(KEY)) as provider:
                outcome = await provider.create({"name": "x"})
            assert isinstance(outcome, NotSent)
            assert outcome.reason.code == "provider.not_reached.proxy"
            assert server.requests[0].startswith(b"CONNECT provider.example.com:443 ")
        async with serving(proxy) as server, Provider(server.url, Secret(KEY)) as provider:
            await provider.create({"name": "x"})
            assert server.requests
    assert not (tmp_path / "keys").exists()


def test_without_tls_no_certificates_are_read_and_none_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certifi.where", lambda: pytest.fail("read"))
    context = client_options("http://127.0.0.1:1", None)["verify"]
    assert (context.verify_mode, context.get_ca_certs()) == (ssl.CERT_REQUIRED, [])
