from __future__ import annotations

import subprocess
import sys

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.base_url import BadBaseUrl, check_base_url, is_this_machine


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
    ("https://xn--a.example", "no_host"),
    ("https://api.xn--a.example", "no_host"),
    ("https://XN--A.example", "no_host"),
    ("https://xn--.example", "no_host"),
    ("https://api..example.com", "no_host"),
    (f"https://{'a' * 64}.example.com", "no_host"),
    (f"https://{'a.' * 127}com", "no_host"),
    ("https://-api.example.com", "broken"),
    ("https://api.example.com.", "broken"),
    ("https://api-.example.com", "no_host"),
    ("https://api.-x.example.com", "no_host"),
    ("https://256.1.1.1", "no_host"),
    ("https://1.2.3", "no_host"),
    ("https://2130706433", "no_host"),
    ("https://0x7f.1", "no_host"),
    ("https://0x7f000001", "no_host"),
    ("https://01.2.3.4", "no_host"),
    ("https://api.example.com:99999", "broken"),
    ("https://api.example.com:-1", "broken"),
    ("https://[::1%lo]", "broken"),
    ("https://[v1.x]", "broken"),
    ("https://[1.2.3.4]", "broken"),
    ("https://api_x.example.com", "broken"),
])
def test_a_bad_address_is_refused(url: str, code: str) -> None:
    with pytest.raises(BadBaseUrl) as refused:
        check_base_url(url)
    assert refused.value.reason.code == f"provider.base_url.{code}"


@pytest.mark.parametrize(("url", "host"), [
    ("https://ap\u0131.bulutsantralim.com", "xn--ap-ipa.bulutsantralim.com"),  # a dotless i
    ("https://AP\u0130.bulutsantralim.com", "xn--api-bec.bulutsantralim.com"),
    ("https://api.bulut\u017fantralim.com", "api.xn--bulutantralim-f6c.com"),  # a long s
    ("https://api.\u212advb.com", "api.xn--dvb-xk1a.com"),  # the sign of the Kelvin, which is a k in small letters
    ("https://\uff41\uff50\uff49.bulutsantralim.com", "xn--mi7cqau.bulutsantralim.com"),  # full width
    ("https://\u0430pi.bulutsantralim.com:443/x", "xn--pi-6kc.bulutsantralim.com"),  # Cyrillic
    ("https://api\u3002bulutsantralim.com", "xn--apibulutsantralim-"),  # a full stop of another script
    ("https://api\u2024bulutsantralim.com", "xn--apibulutsantralim-"),
    ("https://api.bulutsantralim.com\u2044x", "xn--"),  # a slash that is none
    ("https://api.bulutsantralim.com\uff0fx", "xn--"),
    ("https://api.bulut\u200bsantralim.com", "api.xn--bulutsantralim-"),  # nothing to be seen
    ("https://api.bulut\u00adsantralim.com", "api.xn--bulutsantralim-"),
    ("https://bu\ud800lut.com", "xn--bu"),  # half of a letter
    ("http://\u217cocalhost:8080", "xn--ocalhost-"),
    ("http://12\uff17.0.0.1", "xn--12-"),
    ("https://api.bulutsantralim.com\u0131:8443", ".xn--com-"),
])
def test_other_letters_are_not_taken_for_ascii(url: str, host: str) -> None:
    with pytest.raises(BadBaseUrl) as refused:
        check_base_url(url)
    reason = refused.value.reason
    assert reason.code == "provider.base_url.not_ascii"
    assert host in str(reason.params["host"])
    assert str(reason.params["host"]).isascii()


def test_a_host_typed_as_it_is_asked_for_is_taken() -> None:
    assert check_base_url("https://xn--ar-3ia9t9c.example.com") == "https://xn--ar-3ia9t9c.example.com"


@given(st.text(alphabet="abxn-.019:/[]%_~ ıK@?#", max_size=30),
       st.sampled_from(["https://", "http://localhost", "https://xn--"]))
def test_what_is_taken_can_be_asked_for(rest: str, begin: str) -> None:
    try:
        checked = check_base_url(begin + rest)
    except BadBaseUrl:
        return
    url = httpx.URL(checked + "/caller_ids?key=x")
    assert url.host
    assert url.host.encode("idna")  # as the system's resolver takes it


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
    code = "import sys, tui.core.base_url; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
