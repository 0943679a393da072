"""Every target that there can be."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from tui.campaign.target import NUMBERED, SPEECH_LANGUAGES, Target, TargetKind

ID = st.from_regex(r"[0-9]{1,10}", fullmatch=True)
PHONE = st.from_regex(r"90[2-9][0-9]{9}|0?[2-9][0-9]{9}|00[1-9][0-9]{6,14}", fullmatch=True)
LOCAL = st.text(string.ascii_letters + string.digits + ".!#$%&'*+=?^_`{|}~-", min_size=1)
DOMAIN = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?){1,3}", fullmatch=True)
SPOKEN = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).map(str.rstrip).filter(bool)

TARGETS = st.one_of(
    st.builds(Target, st.sampled_from([TargetKind.RESTART, TargetKind.FAX, TargetKind.HANGUP, TargetKind.BUSY])),
    st.builds(Target, st.sampled_from(NUMBERED), ID),
    st.builds(Target, st.just(TargetKind.EXTERNAL), PHONE),
    st.builds(lambda local, domain: Target(TargetKind.FAX_TO, f"{local}@{domain}"), LOCAL, DOMAIN),
    st.builds(Target, st.just(TargetKind.TTS), SPOKEN, st.sampled_from(SPEECH_LANGUAGES)),
)
