"""The JSON that `--json` writes: one document on stdout, keys in snake_case, times in ISO 8601, UTC.

Names and values of enumerations are the same in either language; only a `message` is a sentence of the language in use.
What isn't known is null. Keys may be added in later versions; none is renamed or taken away.

    campaign    {"ref": "20212", "id": 20212 | null, "number": 7, "profile", "name", "call_type": "ivr" | "queue" | "",
                 "state": "draft" | "launching" | "unconfirmed" | "rejected" | "on" | "off" | "unknown" | "finished" |
                 "missing" | "deleted" (unknown: made elsewhere, and never set here; missing: the provider says that it
                 doesn't know it),
                 "pending": "on" | "off" | "delete" | null, "unsure": bool, "adopted": bool, "reason": reason | null,
                 "test_of": number of the campaign that it is a test call of | null,
                 "replaces": number of the campaign in whose place it stands | null, "replaced_by": number of the one
                 that takes its place, 0 while that is not made yet | null,
                 "life": {"number", "of"} | null (which of how many lives: campaigns one in the other's place, which
                 together are one campaign),
                 "numbers": {"total", "callable", "bad", "duplicates", and, where there are such, "called_again":
                 rows that it was launched with beyond its different numbers, each of which calls one of them once
                 more}, "ends_at": time | null,
                 "calling_now": bool | null (on and within its hours; null: that isn't known), "calling_until": time |
                 null (the end of the hours it is in), "calling_from": time | null (when it is on, and waits),
                 "created_at", "updated_at", "state_at", "last_set_at": time | null}
    reason      {"code", "message"}
    list        {"campaigns": [campaign, …]}; of the last life of several {"together": {"numbers", "called",
                 "answered", "final"}} besides: over all lives, each number once
    show        campaign, with "left_out" in its numbers, and {"fields": {name: text},
                 "history": [{"at", "event", "by", "reason", "id", "numbers"}], and lineage}
    lineage     "follows": number of the campaign of whose results it was made | null, "plan": {"name" | null, "text",
                 "outcomes": {outcome: numbers}, "not_before": time} | null (the follow-up plan that made it), "rounds":
                 [{"round", "campaigns": [ref], "numbers", "called", "answered"}, …] (1: the campaign that was made of
                 none, 2: what was made of its results; lives of one are in one round; none where it is alone),
                 "lives": [{"ref", "number", "numbers", "called", "answered"}, …] (each by itself; none where it has
                 one alone)
    follow-up   {"campaign": campaign, "plan": {"name", "text"}, "made": bool, "numbers", "planned",
                 "drafts": [{"ref" | null, "number" | null, "name", "numbers", "outcomes": {outcome: numbers},
                 "not_before": time, "date_range_begin", "date_range_end", "time_range_begin", "time_range_end",
                 "active_days"}, …], "left_out": {why: numbers}, "outcomes": [{"outcome", "numbers", "planned",
                 "left_out": {why: numbers}}, …], "follow_ups": [ref], "calling": [{"ref", "off_since": time |
                 null, "until": time | null}] (which of its family may reach somebody yet; `off_since`,
                 `until`: since when one calls nobody anew, and until when its calls may go on)};
                 `numbers` is `planned` with all that is in `left_out`; why: "do_not_call" | "answered" | "never" |
                 "in_follow_up" | "still_calling" | "used_up" | "not_callable"
    plan list   {"profile", "plans": [plan, …], "unread": [reason, …] (plans that this version can't read)}
    plan show   {"name", "text", "built_in": bool, "saved_at": time | null, "rules": [{"outcome", "again": bool,
                 "after" | null, "hours": "same" | "other" | "10:00-12:30" | null, "at_most" | null}, …]}
    plan save   {"name", "text", "replaced": bool}; plan delete {"deleted": name}
    create, launch, test    {"outcome": "created" | "rejected" | "not_sent" | "unconfirmed", "id", "ref", "reason"}; of
                 one that was created before, and not now, `reason` says when
                 Of one that takes another's place, "replaces": replaced besides
                 With --wait, once the campaign was created, "waited": {"ended": "finished" | "hours_over" | "gone" |
                 "stopped" | "unread", "numbers", "called", "answered", "final"} besides
    replace     as launch, with "replaces": replaced; where nobody is called yet {"error", "replaces"}; with --give-up
                 replaced
    replaced    {"ref", "number", "state", "step": "switch_off" | "wait" | "know" | "make_draft" | "launch" |
                 "launching" | "unconfirmed" | "delete" | "done" | "given_up" (what is to be done next), "off_since":
                 time | null, "quiet_at": time from when on no call of it is under way | null, "known_from": "results" |
                 "records" | "person" | null, "to_call": its numbers without a final result, "successor": ref | null}
    check       {"ok": bool, "problems": [problem]}; create and launch too where there are errors. Where create would
                 send nothing, as it was launched before, "earlier": {"met": "created" | "under_way" | "unconfirmed" |
                 "other_body", "id", "ref", "message"} besides
    left_out    {"total", "list", "file", "blocked", "blocked_without_direction", "no_consent",
                 "answered_since", "limit"}: numbers that must not be called, or not so often, or have answered a
                 campaign that the draft follows since it was made; in create, launch and check, where there are such
    dropped     {"total", "rows": [{"reference", "row" | null, "line" | null, "code", "message"}, …]}: rows that can't
                 be called, in create, launch and check with --drop-bad
    problem     {"field", "row" | null, "line" | null, "code", "message", "weight": "error" | "warning" | "hint"}
    on, off, delete, adopt, not-created     campaign, as it is then; of several {"campaigns": [campaign, …]}
    results     {"campaign": campaign, "totals": {"numbers", "called", "answered", "final", "strangers", "calls",
                 "notifications", "records", "last_received_at": time | null, "last_happened_at": time | null},
                 "by_status": {status: numbers}, "by_digit": {digit: numbers}, "by_attempts": {attempts: numbers},
                 "numbers": [{"phone", "typed", "reference", "phrase", "lang", "listed": bool, "attempts", "status",
                 "digit", "answered": bool, "final": bool, "last_at": time | null, "talk_seconds": seconds | null,
                 "source": "webhook" | "records" | "both" | null, "calls": [call, …] in their order}, …]};
                 `--filter` chooses among the numbers alone; and lineage before these. Of a campaign of several lives
                 all is of them together, each number once, `campaign` is the last of them, and a number that was called
                 has "lives": [{"ref", "number", "attempts", "status", "answered"}, …] besides; with --alone of one
    call        {"at", "status", "digit", "answered": bool, "talk_seconds": seconds | null, "source",
                 "call_uuid": text | null, "lead_id": text | null, "recording": bool (whether it has one, as far as is
                 known), "detail": detail | null (null: the provider was not asked)}
    detail      {"asked_at", "answered_by": number | null, "name": text | null, "queue": text | null,
                 "queue_wait_seconds": seconds | null, "recording_present": bool | null, "hung_up_by": "caller" |
                 "callee" | another word of the provider's | null, "flow": [{"number", "name": text | null, "began_at",
                 "answered_at", "ended_at": time | null, "result"}, …]}
    person      {"phone", "known": bool, "totals": {"campaigns", "calls", "answered"},
                 "notes": [{"profile", "text", "at", "by": user | null}, …],
                 "do_not_call": [{"profile", "source": "pressed" | "by_hand" | "file" | "blocked" | "untold" (blocked at
                 the provider, which didn't say in which direction), "at": when it was put on the list; of "file",
                 "blocked" and "untold" when that list was read | null, "campaign": campaign's number | null,
                 "reason": text | null, "by": user | null}, …], "do_not_call_history": [{"profile", and as in `dnc
                 history`}, …], "iys": [{"profile", "written_at": when its İYS file was written, "consents": [
                 {"recipient_type", "brand": text | null, "status": "ONAY" | "RET", "since": time | null}, …]}, …],
                 "campaigns": [{"campaign": campaign, "launched_at": time | null, "follows": number of the campaign of
                 whose results it was made | null, "final": bool, "may_call": bool, "unlisted": bool, "rows": [{"row",
                 "typed", "reference", "phrase", "lang", "repeats": row | null, "problem": reason | null}, …],
                 "left_out": [{"at", "reference", "reason": reason}, …], "calls": [call, …]}, …]}; campaigns and calls
                 the newest first, of all profiles
    recording   {"recordings": [{"call_uuid", "campaign": ref, "phone", "reference", "at", "path": text | null,
                 "size": bytes | null, "saved_before": bool (it lay there, and was not fetched),
                 "problem": reason | null}, …]}
    dnc list    {"profile", "push": {"waiting", "unsure", "refused", "stopped", "confirmed": bool}, as in `dnc
                 push` | null (the profile does not push), "numbers": [{"phone", "reference",
                 "added_at", "why": "pressed" | "by_hand",
                 "campaign": its number | null, "reason": text | null, "by": user | null}, …]}
    dnc add, remove     {"changed": numbers, "given": numbers}; of numbers that were taken off and that the provider
                 goes on blocking, "still_blocked": [phone] besides
    dnc history {"profile", "phone", "on_list": bool, "history": [{"at", "event": "added" | "asked_again" | "removed",
                 "why", "campaign", "reason", "by"}, …]}, the newest first
    dnc import  {"new": numbers, "known": numbers that were on the list, "unread": rows without a number, "lines":
                 text, where the first of these stand}
    dnc push    {"pushed": numbers that are blocked at the provider since now, "waiting": numbers, "unsure": numbers
                 whose answer isn't known, "refused": numbers that the provider doesn't take, "stopped": reason | null}
    dnc fetch   {"blocked": numbers, "blocked_without_direction": numbers, "odd": rows, "fetched_at": time, "overtaken":
                 bool (another fetch was begun meanwhile: nothing was taken away)}
    iys, iys import     {"profile", "file": {"path", "written_at", "imported_at", "age_days", "old": bool (older than
                 the profile's iys_days), "rows", "other_channels": {"MESAJ" | "EPOSTA": rows}, "unread": rows that
                 can't be read, "lines": text, where the first of these stand, "undated": rows whose date can't be read,
                 "contradictions": numbers that both agree and refuse, "sheets_left_out": [name], "brands": [code]} |
                 null (nothing was imported), "consents": [{"recipient_type": "BIREYSEL" | "TACIR",
                 "status": "ONAY" | "RET", "numbers"}, …]}
    phones check    a document in each line: {"line", "typed", "reference", "phone" | null, "kind" | null,
                 "valid": bool, "duplicate": bool, "problem": reason | null, "warnings": [reason]}, and {"summary":
                 {"total", "callable", "bad", "duplicates", "invalid", "kinds": {kind: count}}} as the last one; with
                 --keep-repeats, where there are such, "called_again": true and, in the summary, how many rows; in the
                 summary, where a column is the reference, "reference": how it is headed
    kind        "mobile" | "landline" | "toll_free" | "abroad" | "other"
    any error   {"error": {"code", "message"}}

`ref` is what the commands take: the provider's ID, or `d` and the program's own number where there is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tui.campaign.reach import CauseCounts, CountedAs
from tui.campaign.results import Attempt, has_recording
from tui.commands.output import full_sentence
from tui.core.reason import Reason
from tui.operations.calling_now import calling_now
from tui.store import Campaign, DoNotCallChange, HistoryEntry, Totals
from tui.store.call_details import CallDetail
from tui.store.result_values import Round, Together
from tui.text.formats import state_now, window_of_campaign

Json = dict[str, Any]


def campaign_json(campaign: Campaign, now: dt.datetime, *, complete: bool) -> Json:
    """`complete`: each of its numbers has a final result."""
    window = window_of_campaign(campaign, now)
    calling = calling_now(campaign, now, complete=complete)
    return {
        "ref": campaign.ref,
        "id": campaign.provider_id,
        "number": campaign.id,
        "profile": campaign.profile,
        "name": campaign.name,
        "call_type": campaign.call_type,
        "state": state_now(campaign, now, complete=complete).value,
        "pending": campaign.pending.value if campaign.pending else None,
        "unsure": campaign.unsure,
        "adopted": campaign.adopted,
        "test_of": campaign.test_of,
        "replaces": campaign.replaces,
        "replaced_by": campaign.replaced_by,
        "life": None if campaign.lives == 1 else {"number": campaign.life, "of": campaign.lives},
        "reason": reason_json(campaign.reason),
        "numbers": {"total": campaign.numbers, "callable": campaign.callable_numbers, "bad": campaign.bad_numbers,
                    "duplicates": campaign.duplicate_numbers,
                    **({"called_again": campaign.called_again} if campaign.called_again else {})},
        "ends_at": moment_json(window.ends_at() if window else None),
        "calling_now": calling.now,
        "calling_until": moment_json(calling.until),
        "calling_from": moment_json(calling.next),
        "created_at": moment_json(campaign.created_at),
        "updated_at": moment_json(campaign.updated_at),
        "state_at": moment_json(campaign.state_at),
        "last_set_at": moment_json(campaign.last_set_at),
    }


def shown_json(campaign: Campaign, history: list[HistoryEntry], now: dt.datetime, *, complete: bool,
               left_out: int, rounds: Sequence[Round] = (), together: Together | None = None) -> Json:
    """The document of `show`. `left_out`: rows that must not be called. `rounds`: of the campaign's family."""
    entries = [{"at": moment_json(entry.at), "event": entry.event.value, "by": entry.by.value if entry.by else None,
                "reason": reason_json(entry.reason), "id": entry.provider_id, "numbers": entry.numbers}
               for entry in history]
    shown = campaign_json(campaign, now, complete=complete)
    shown["numbers"]["left_out"] = left_out
    return {**shown, "fields": dict(campaign.fields), "history": entries, **lineage_json(campaign, rounds, together)}


def together_json(totals: Totals) -> Json:
    """The figures over all lives."""
    return {"numbers": totals.numbers, "called": totals.called, "answered": totals.answered, "final": totals.final}


def lineage_json(campaign: Campaign, rounds: Sequence[Round], together: Together | None) -> Json:
    """Of which campaign's results it was made, by which plan, and the figures of each round and of each life."""
    origin = campaign.follows_plan
    return {
        "follows": campaign.follows,
        "plan": None if origin is None else {
            "name": origin.name or None, "text": origin.plan, "outcomes": dict(origin.outcomes),
            "not_before": moment_json(origin.not_before)},
        "rounds": [{"round": each.number, "campaigns": [member.ref for member, _ in each.campaigns],
                    "numbers": each.numbers, "called": each.called, "answered": each.answered} for each in rounds],
        "lives": [] if together is None else [
            {"ref": life.ref, "number": life.life, "numbers": totals.numbers, "called": totals.called,
             "answered": totals.answered} for life, totals in together.lives],
    }


def reason_json(reason: Reason | None) -> Json | None:
    """A code with its sentence in the language in use; null where there is no reason."""
    return None if reason is None else {"code": reason.code, "message": full_sentence(reason)}


def detail_json(detail: CallDetail | None) -> Json | None:
    """How a call went; null where nobody asked."""
    if detail is None:
        return None
    return {"asked_at": moment_json(detail.asked_at), "answered_by": detail.answered_by or None,
            "name": detail.answered_name or None, "queue": detail.queue or None,
            "queue_wait_seconds": detail.queue_wait, "recording_present": detail.recorded,
            "hung_up_by": detail.hung_up_by or None,
            "flow": [{"number": part.number, "name": part.name or None, "began_at": moment_json(part.began_at),
                      "answered_at": moment_json(part.answered_at), "ended_at": moment_json(part.ended_at),
                      "result": part.result} for part in detail.parts]}


def call_json(call: Attempt) -> Json:
    """One call of a number."""
    return {"at": moment_json(call.at), "status": call.status, "digit": call.digit, "answered": call.answered,
            "talk_seconds": call.talk_seconds, "source": call.source.value, "call_uuid": call.call_uuid or None,
            "lead_id": call.lead_id or None}


def detailed_call_json(call: Attempt, campaign: Campaign, detail: CallDetail | None) -> Json:
    """One call of a campaign, with whether it has a recording, and how it went."""
    recorded = has_recording(call, records=campaign.draft.records, said=None if detail is None else detail.recorded)
    return {**call_json(call), "recording": recorded, "detail": detail_json(detail)}


def change_json(change: DoNotCallChange) -> Json:
    """One thing that was done with a number of the do-not-call list."""
    return {"at": moment_json(change.at), "event": change.event.value, "why": change.why.value,
            "campaign": change.campaign, "reason": change.reason or None, "by": change.by_user or None}


def left_out_json(refusals: CauseCounts) -> Json:
    """How many are left out; nothing where nobody is."""
    if not refusals.recipients:
        return {}
    return {"left_out": {"total": refusals.recipients,
                         **{counted.value: refusals[counted] for counted in CountedAs}}}


def moment_json(moment: dt.datetime | None) -> str | None:
    """ISO 8601 in UTC, in whole seconds, with a Z."""
    return None if moment is None else moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
