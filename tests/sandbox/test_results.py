from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl

from msgspec import structs

from tests.sandbox.conftest import plan
from tui.campaign.menu import Menu
from tui.sandbox.callees import Fate
from tui.sandbox.dialer import Call
from tui.sandbox.results import call_record, notification

UUID = "aacdb242-364b-41e7-8bed-c9aec7093786"

MENU = Menu({"1": "announcement/421"})


def call(status: str = "Cevaplandı", digit: str = "2", talk: float = 46.0, menu: Menu | None = MENU,
         queue: int | None = None, name: str = "Memnuniyet anketi") -> Call:
    began = dt.datetime(2017, 5, 10, 13, 18, tzinfo=dt.UTC)
    return Call(131, structs.replace(plan(), menu=menu, queue=queue, name=name), 1878, "905321234567", 1, began,
                Fate(status, digit, 10.0, talk, UUID))


def test_a_notification_is_the_documents_example_percent_encoded() -> None:
    assert notification(call(), 5) == (
        b"notification_id=5&notification_date=2017-05-10+13%3A18%3A56+UTC&domain_id=429&ivr_campaign_id=131"
        b"&ivr_campaign_name=Memnuniyet+anketi&ivr_lead_id=1878&phone=905321234567&digit=2&status=Cevapland%C4%B1"
        b"&call_uuid=aacdb242-364b-41e7-8bed-c9aec7093786")


def test_a_call_that_did_not_begin_has_an_empty_digit() -> None:
    fields = dict(parse_qsl(notification(call("Meşgul", "", 0.0), 6).decode(), keep_blank_values=True))

    assert (fields["digit"], fields["status"]) == ("", "Meşgul")
    assert fields["notification_date"] == "2017-05-10 13:18:10 UTC"


def test_wrong_keys_and_names_survive_the_form() -> None:
    sent = notification(call(digit="!#", name="Ağu & Eyl = 100%\n'İş'+"), 7)
    fields = dict(parse_qsl(sent.decode("ascii")))

    assert (fields["digit"], fields["ivr_campaign_name"]) == ("!#", "Ağu & Eyl = 100%\n'İş'+")


def test_a_call_record_is_in_turkish_time_and_does_not_tell_the_key() -> None:
    assert call_record(call()) == {
        "start_stamp": "2017-05-10 16:18:00 +0300", "answer_stamp": "2017-05-10 16:18:10 +0300",
        "end_stamp": "2017-05-10 16:18:56 +0300", "direction": "Giden (IVR)", "caller_id_number": "902129630131",
        "destination_number": "905321234567", "duration": "00:00:56", "talk_duration": "00:00:46", "queue": "",
        "result": "Cevaplandı", "missed": "false", "call_uuid": UUID,
    }


def test_a_call_that_nobody_answered_is_missed() -> None:
    record = call_record(call("Cevapsız", "", 0.0, menu=None, queue=204))

    assert (record["missed"], record["answer_stamp"], record["talk_duration"]) == ("true", "", "00:00:00")
    assert (record["direction"], record["queue"]) == ("Giden (Kuyruk)", "204")
