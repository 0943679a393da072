from __future__ import annotations

import subprocess
import sys

import pytest

from tui.provider.base_url import BadBaseUrl, check_base_url, is_this_machine


@pytest.mark.parametrize(("url", "checked"), [
    ("https://api.bulutsantralim.com", "https://api.bulutsantralim.com"),
    ("https://api.bulutsantralim.com/", "https://api.bulutsantralim.com"),
    (" HTTPS://API.Bulutsantralim.com// ", "https://api.bulutsantralim.com"),
    ("https://proxy.example.com.tr:8443/verimor/v1/", "https://proxy.example.com.tr:8443/verimor/v1"),
    ("http://localhost:8080", "http://localhost:8080"),
    ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
    ("http://127.9.8.7", "http://127.9.8.7"),
    ("http://[::1]:8080", "http://[::1]:8080"),
    ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
])
def test_a_good_address_is_normalised(url: str, checked: str) -> None:
    assert check_base_url(url) == checked


@pytest.mark.parametrize(("url", "code"), [
    ("http://api.bulutsantralim.com", "not_https"),
    ("http://192.168.1.10", "not_https"),
    ("http://127.0.0.1.example.com", "not_https"),
    ("http://localhost.example.com", "not_https"),
    ("http://128.0.0.1", "not_https"),
    ("http://127.1", "not_https"),
    ("http://0.0.0.0", "not_https"),
    ("http://[::2]", "not_https"),
    ("http://[::ffff:127.0.0.1]", "not_https"),
    ("https://user:secret@api.example.com", "has_user"),
    ("http://127.0.0.1:80@api.example.com", "has_user"),
    ("https://api.example.com?key=K1", "has_query"),
    ("https://api.example.com/?", "has_query"),
    ("https://api.example.com/#", "has_query"),
    ("", "broken"),
    ("api.example.com", "broken"),
    ("//api.example.com", "broken"),
    ("ftp://api.example.com", "broken"),
    ("https://", "broken"),
    ("https://:443", "broken"),
    ("https://api.example.com:0", "broken"),
    ("https://api.example.com:65536", "broken"),
    ("https://api.example.com:x", "broken"),
    ("https://api example.com", "broken"),
    ("https://api.exa\nmple.com", "broken"),
    ("https://api.example.com\t", "broken"),
    ("https://api.example.com\\x", "broken"),
    ("http://127.0.0.1\\.example.com", "broken"),
    ("https://[::1", "broken"),
    ("https://[fe80::1%25eth0]", "broken"),
    ("https://api.example.com/a b", "broken"),
    ("https://api.example.com/%41", "broken"),
])
def test_a_bad_address_is_refused(url: str, code: str) -> None:
    with pytest.raises(BadBaseUrl) as refused:
        check_base_url(url)
    assert refused.value.reason.code == f"provider.base_url.{code}"


def test_a_refusal_holds_neither_password_nor_key() -> None:
    for url in ("https://user:secret@example.com", "https://example.com?key=secret"):
        with pytest.raises(BadBaseUrl) as refused:
            check_base_url(url)
        assert "secret" not in f"{refused.value!r} {refused.value.reason}"


@pytest.mark.parametrize(("url", "local"), [
    ("http://localhost:1", True), ("https://127.0.0.1", True), ("http://[::1]", True),
    ("https://api.bulutsantralim.com", False), ("https://localhost.example.com", False),
])
def test_this_machine_is_known(url: str, local: bool) -> None:
    assert is_this_machine(url) is local


def test_checking_an_address_does_not_load_the_http_library() -> None:
    code = "import sys, tui.provider.base_url; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
