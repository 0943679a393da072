"""Random input as terminals send it, and worse, of which it is known what it types: `python3 dev.py fuzz-input`.

Each sequence is built together with what must come of it: the keys somebody pressed, a paste, a click, or nothing. They
come one after another, in chunks cut anywhere, with pauses too short to mean anything; some break off and are followed
by silence. After each case it must be quiet: one typed `a` is one `a`.
"""

from __future__ import annotations

import argparse
import random
import resource
import secrets
import string
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from textual import events

from tui.app.terminal.disturbed import Disturbed
from tui.app.terminal.typed import Reader

QUIET = 2.0  # seconds: longer than anything is waited for
LATE = 5.0  # seconds after which nothing is taken for the rest of a sequence
FORGOTTEN = 40.0  # seconds after which nothing is taken for the rest of a paste
SHORT = 0.09  # seconds: no pause in which a key or a sequence ends
MOST_KEPT = 300  # characters of anything but a paste
Expected = tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """Bytes and what they must give: `key x`, `paste x`, `mouse`, `focus`. `quiet`: seconds that follow."""

    data: bytes
    gives: Expected = ()
    strange: bool = False
    quiet: float = 0.0


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


PLAIN = {b"\r": "enter", b"\t": "tab", b"\x7f": "backspace", b" ": "space", b"\x11": "ctrl+q", b"\x03": "ctrl+c",
         b"!": "exclamation_mark", b"/": "slash", b"-": "minus", b"\x1b[A": "up", b"\x1b[B": "down", b"\x1bOC": "right",
         b"\x1bOD": "left", b"\x1b[H": "home", b"\x1b[4~": "end", b"\x1b[5~": "pageup", b"\x1b[3~": "delete",
         b"\x1b[Z": "shift+tab", b"\x1b[1;5C": "ctrl+right", b"\x1b[1;2A": "shift+up", b"\x1bOP": "f1",
         b"\x1b[15~": "f5", b"\x1b[24~": "f12", b"\x1b[[A": "f1", b"\x1b[3$": "shift+delete", b"\x1b[3^": "ctrl+delete",
         b"\x1b[a": "shift+up", b"\x1bOj": "asterisk", b"\x1bOM": "enter", b"\x1bf": "ctrl+right", b"\x1bx": "alt+x",
         b"\x1bW": "alt+shift+w", "😀".encode(): "grinning_face", b"\x1b[27;5;110~": "ctrl+n",
         b"\x1b[27u": "escape", b"\x1b[13u": "enter"}
LETTERS = string.ascii_letters + string.digits + "ğüşıöçĞÜŞİÖÇé中文ßя"
REPLIES = ("\x1b[?{n};{n}c", "\x1b[>{n};{n};0c", "\x1b[0n", "\x1b[{n};{n}R", "\x1b[?{n};{n}R", "\x1b[?{n}u",
           "\x1b[>{n};{n}m", "\x1b[?{n};{m}$y", "\x1b[{n};2$y", "\x1b[8;{n};{n}t",
           "\x1b[48;{n};{n};{n};{n}t", "\x1b[?997;{n}n",
           "\x1b[1;{n};{n};{n}&w", "\x1b[{n};30;97;1;0;1_", "\x1b[?{n};0;{n}S", "\x1b[{n}N", "\x1b[201~")
NUMBERS = ("NaN", "-1", "0", "1e+21", "undefined", "Infinity", "-Infinity", "null", "", "99999999999999999999", "1.5",
           "\x00", "-NaN", "65536", "1:2")
STRINGS = ("\x1b]10;rgb:{x}", "\x1b]11;rgb:{x}", "\x1b]52;c;{x}", "\x1bP>|{x}", "\x1bP!|{x}", "\x1bP1$r{x}",
           "\x1bP1+r{x}", "\x1b_G{x}", "\x1b]l{x}", "\x1bX{x}", "\x1b^{x}", "\x1b]{x}", "\x1bPq{x}")
ODD_KEYS = ("\x1b[1114112u", "\x1b[55357u", "\x1b[110;1:7u", "\x1b[110;0:4u", "\x1b[110;1;1114112u", "\x1b[110;999u",
            "\x1b[1u", "\x1b[57999u", "\x1b[99~", "\x1b[97;1S", "\x1b[110:110:110:110u", "\x1b[110;1;55555555u",
            "\x1b[;;1u", "\x1b[110;1:3:1u", "\x1b[9999999999999999999999u", "\x1b[110;1;97;98;99u", "\x1b[1;1:9A")
C1 = {"\x1b[": "\x9b", "\x1b]": "\x9d", "\x1bP": "\x90", "\x1b_": "\x9f", "\x1bX": "\x98", "\x1b^": "\x9e"}
NO_CHARACTERS = [bytes([byte]) for byte in (*range(0xA0, 0xC0), *range(0xF5, 0x100))]
CUT_CHARACTERS = [b"\xc5", b"\xe2\x82", b"\xe2\x9b", b"\xf0\x9f\x98", b"\xed\xa0\x9b", b"\xc0\x9b", b"\xf4\x90\x9b\x9d"]


def eight_bit(draw: random.Random, text: str) -> bytes:
    """A sequence as it is, or begun by a C1 control in one of its two forms."""
    how = draw.randrange(5)
    if how > 1 or text[:2] not in C1:
        return text.encode()
    control = C1[text[:2]]
    return (control if how else "").encode() + (b"" if how else control.encode("latin-1")) + text[2:].encode()


def junk(draw: random.Random) -> str:
    """What a string may hold: anything that ends none."""
    most = draw.choice((4, 40, 400))
    return "".join(draw.choice(LETTERS + " ;:/=\r\n\t!q\x11\x00") for _ in range(draw.randrange(most)))


def key(draw: random.Random) -> Sent:
    if draw.random() < 0.5:
        letter = draw.choice(LETTERS)
        return Sent(letter.encode(), (f"key {letter}",))
    data = draw.choice(list(PLAIN))
    return Sent(data, (f"key {PLAIN[data]}",))


def escape(_draw: random.Random) -> Sent:
    return Sent(b"\x1b", ("key escape",), quiet=QUIET)


def kitty_key(draw: random.Random) -> Sent:
    letter = draw.choice(string.ascii_lowercase + "ğışç")
    event = draw.choice(("", ":1", ":2", ":3"))
    form, name = draw.choice((
        (f"\x1b[{ord(letter)};1{event}u", letter), (f"\x1b[{ord(letter)};5{event}u", f"ctrl+{letter}"),
        (f"\x1b[{ord(letter)};129{event};{ord(letter)}u", letter), (f"\x1b[305:73;2{event}u", "I"),
        (f"\x1b[{ord(letter)}:65:97;2{event};65u", "A"), (f"\x1b[1;1{event}B", "down"),
        (f"\x1b[3;5{event}~", "ctrl+delete"), (f"\x1b[1;2{event}P", "shift+f1"), (f"\x1b[0;1{event};229u", "å"),
        (f"\x1b[57400;1{event};49u", "1"),
        (f"\x1b[27;1{event}u", "escape"), (f"\x1b[57441;2{event}u", ""),
    ))
    return Sent(form.encode(), (f"key {name}",) if name and event != ":3" else ())


def answer(draw: random.Random) -> Sent:
    text = draw.choice(REPLIES)
    while "{" in text:
        text = text.replace("{n}", str(draw.choice((0, 1, 41, 390, 2048, 65535))), 1)
        text = text.replace("{m}", str(draw.randrange(9)), 1)
    if text.startswith("\x1b[?2026"):
        return Sent(b"")
    return Sent(eight_bit(draw, text), strange=True)


def text_answer(draw: random.Random) -> Sent:
    text = draw.choice(STRINGS).replace("{x}", junk(draw))
    ends = [b"\x1b\\", b"\x9c", "\x9c".encode(), b"\x18", b"\x1a", *([b"\x07"] if text[1] == "]" else [])]
    return Sent(eight_bit(draw, text) + draw.choice(ends), strange=True)


def broken_report(draw: random.Random) -> Sent:
    numbers = [draw.choice((*NUMBERS, "12")) for _ in range(3)]
    if all(number in ("12", "0", "") for number in numbers[1:]):
        numbers[1] = "NaN"
    form = draw.choice(("\x1b[<{}M", "\x1b[<{}m", "\x1b[{}M", "\x1b[48;{}t", "\x1b[?{}c"))
    body = ";".join(["12", *numbers[1:]] if form.startswith("\x1b[{") else numbers)
    return Sent(form.format(body).encode(), strange=True)


def mouse(draw: random.Random) -> Sent:
    if draw.random() < 0.2:
        return Sent(b"\x1b[M" + bytes(draw.randrange(0x20, 0x100) for _ in range(3)), quiet=QUIET)
    button = draw.choice((0, 2, 35, 64, 65))
    return Sent(f"\x1b[<{button};{draw.randint(1, 200)};{draw.randint(1, 60)}M".encode(), ("mouse",))


def focus(draw: random.Random) -> Sent:
    return Sent(draw.choice((b"\x1b[I", b"\x1b[O")), ("focus",))


def odd_key(draw: random.Random) -> Sent:
    return Sent(eight_bit(draw, draw.choice(ODD_KEYS)), strange=True)


def no_text(draw: random.Random) -> Sent:
    if draw.random() < 0.5:
        return Sent(draw.choice(NO_CHARACTERS), strange=True)
    return Sent(draw.choice(CUT_CHARACTERS), strange=True, quiet=QUIET)


def paste(draw: random.Random) -> Sent:
    inner = (junk(draw), "\x1b[A", "\x1b[200~", "\x1b", "\x1b[20", "\x9b201~", "q!\x11", "\x1b]11;", "905321234567\n")
    text = "".join(draw.choice(inner) for _ in range(draw.randrange(5)))
    gives = (f"paste {text}".replace("\x00", ""),) if text else ()
    if draw.random() < 0.7:
        return Sent(f"\x1b[200~{text}\x1b[201~".encode(), gives, strange=True)
    text = text.rstrip("\x1b[20")  # what may begin its end is not part of it
    gives = (f"paste {text}".replace("\x00", ""),) if text else ()
    return Sent(f"\x1b[200~{text}".encode(), gives, strange=True, quiet=FORGOTTEN)


def cut_off(draw: random.Random) -> Sent:
    """Any sequence that breaks off, then silence."""
    whole = draw.choice((answer, text_answer, broken_report, odd_key))(draw).data
    cut = whole[:draw.randrange(1, max(2, len(whole)))]
    if cut in (b"", b"\x1b"):
        return escape(draw)
    return Sent(cut, strange=True, quiet=LATE)


def too_long(draw: random.Random) -> Sent:
    body = "".join(draw.choice("0123456789;:") for _ in range(draw.randrange(250, 6000)))
    return Sent(f"\x1b[{draw.choice('?>')}{body}c".encode(), strange=True)


KINDS: Sequence[tuple[Callable[[random.Random], Sent], int]] = (
    (key, 30), (escape, 2), (kitty_key, 12), (answer, 10), (text_answer, 8), (broken_report, 8), (mouse, 5), (focus, 1),
    (odd_key, 5), (no_text, 4), (paste, 6), (cut_off, 8), (too_long, 1))
GENERATORS = [kind for kind, _weight in KINDS]
WEIGHTS = [weight for _kind, weight in KINDS]


@dataclass
class Run:
    """One case: a reader of its own, which is fed and heard."""

    draw: random.Random
    clock: Clock = field(default_factory=Clock)
    heard: list[str] = field(default_factory=list)
    disturbed: int = 0

    def __post_init__(self) -> None:
        self.reader = Reader(self.clock)

    def hear(self, messages: object) -> None:
        for message in messages:  # type: ignore[attr-defined] # whatever it is that the reader yields
            if isinstance(message, Disturbed):
                self.disturbed += 1
            elif isinstance(message, events.Key):
                self.heard.append(f"key {message.key}")
            elif isinstance(message, events.Paste):
                self.heard.append(f"paste {message.text}")
            elif isinstance(message, events.MouseEvent):
                self.heard.append("mouse")
            else:
                self.heard.append("focus")

    def feed(self, data: bytes) -> None:
        whole = self.draw.choice((1, 1, 7, 64, 4096))
        at = 0
        while at < len(data):
            size = self.draw.randint(1, whole)
            self.hear(self.reader.feed(data[at:at + size]))
            at += size
            if self.draw.random() < 0.1:
                self.clock.now += self.draw.uniform(0, SHORT)
                self.hear(self.reader.tick())

    def silence(self, seconds: float) -> None:
        self.clock.now += min(seconds, QUIET)
        self.hear(self.reader.tick())
        self.clock.now += max(0.0, seconds - QUIET)


def fault(sequences: Sequence[Sent], seed: str) -> str | None:
    """What is wrong with a case; None where all is as it must be."""
    run = Run(random.Random(seed))
    try:
        together = b""
        for sequence in sequences:
            together += sequence.data
            if sequence.quiet:
                run.feed(together)
                run.silence(sequence.quiet)
                together = b""
        run.feed(together)
        run.silence(QUIET)
        cutter = run.reader.cutter
        if cutter.wait is not None or cutter.kept:
            return f"not in the ground state: {cutter.kept} characters kept"
        expected = [one for sequence in sequences for one in sequence.gives]
        if run.heard != expected:
            return f"gave {run.heard}\n  instead of {expected}"
        if any(sequence.strange for sequence in sequences) and not run.disturbed:
            return "nothing was told of what is strange"
        run.hear(run.reader.feed(b"a"))
        return None if run.heard == [*expected, "key a"] else f"an `a` gave {run.heard[len(expected):]}"
    except Exception as error:  # noqa: BLE001 - any is a finding
        return f"{type(error).__name__}: {error}"


def random_bytes(draw: random.Random) -> str | None:
    """Bytes of any kind, well-formed sequences damaged: nothing may break, and it must be quiet in the end."""
    data = bytearray(b"".join(kind(draw).data for kind in draw.choices(GENERATORS, WEIGHTS, k=3)))
    for _ in range(draw.randrange(1, 8)):
        at = draw.randrange(len(data) + 1)
        how = draw.randrange(3)
        if how == 0:
            data[at:at] = bytes([draw.choice((0x1B, 0x5B, 0x9B, 0x18, draw.randrange(256)))])
        elif how == 1:
            del data[at:at + draw.randrange(1, 4)]
        else:
            data[at:at + 1] = bytes([draw.randrange(256)])
    run = Run(draw)
    try:
        run.feed(bytes(data))
        if (kept := run.reader.cutter.kept) > MOST_KEPT + len(data):
            return f"{bytes(data)!r}: {kept} characters kept"
        run.silence(QUIET)
        if run.reader.cutter.wait is not None or run.reader.cutter.kept:
            return f"{bytes(data)!r}: not in the ground state"
        run.heard.clear()
        run.hear(run.reader.feed(b"a"))
        return None if run.heard == ["key a"] else f"{bytes(data)!r}: an `a` gave {run.heard}"
    except Exception as error:  # noqa: BLE001 - any is a finding
        return f"{bytes(data)!r}: {type(error).__name__}: {error}"


def shrunk(sequences: list[Sent], seed: str) -> list[Sent]:
    """The case without whatever it fails without."""
    at = 0
    while at < len(sequences):
        fewer = sequences[:at] + sequences[at + 1:]
        if fault(fewer, seed) is not None:
            sequences = fewer
        else:
            at += 1
    return sequences


def fuzz(count: int, seed: int, tell: Callable[[int], None] = lambda _done: None) -> str | None:
    """Feed so many sequences; the first finding, shrunk, or None."""
    done = 0
    while done < count:
        case = f"{seed}/{done}"
        draw = random.Random(case)
        if draw.random() < 0.15:
            done += 3
            found = random_bytes(draw)
            if found is not None:
                return f"case {case}: {found}"
        else:
            sequences = [kind(draw) for kind in draw.choices(GENERATORS, WEIGHTS, k=draw.randint(1, 12))]
            done += len(sequences)
            if fault(sequences, case) is not None:
                least = shrunk(sequences, case)
                return f"case {case}: {[sequence.data for sequence in least]}: {fault(least, case)}"
        tell(done)
    return None


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py fuzz-input", description=__doc__)
    parser.add_argument("--sequences", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    began, told = time.monotonic(), 0

    def tell(done: int) -> None:
        nonlocal told
        if done - told >= 100_000:
            told = done
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{done} sequences, {time.monotonic() - began:.0f} s, at most {memory} MB", flush=True)

    found = fuzz(options.sequences, options.seed, tell)
    print(found or f"{options.sequences} sequences without a finding in {time.monotonic() - began:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
