"""The receiver: its log, why it does not start, and why it can't read what it was sent."""

from typing import Final

from tui.i18n.words import Plural, Texts

TEXTS: Final[Texts] = {
    "receiver.unreadable.no_form": "What came is no form: it has no fields.",
    "receiver.unreadable.not_utf8": "What came is no form in UTF-8: its letters can't be read.",
    "receiver.unreadable.too_many_fields": "What came has {count:n} fields: more than {most:n} are not read.",
    "receiver.unreadable.field_twice": "The field {field} is there twice, and does not say the same.",
    "receiver.unreadable.missing": "The field {field} is missing or empty.",
    "receiver.unreadable.bad_field": "The field {field} has “{value}”, which can't be understood or kept.",
    "receiver.unreadable.not_kept": "The database did not take what this says ({problem}); it is kept as it came.",
    "receiver.port_busy": "Port {port} is in use by another program, perhaps by a receiver that is already running: end that "
                          "one, or set another listen under [receiver] in config.toml.",
    "receiver.no_address": "{host} is no address of this machine: set listen under [receiver] in config.toml, as in "
                           "“127.0.0.1:8787”.",
    "receiver.cannot_listen": "The receiver cannot listen at {address} ({problem:e}): set another listen under [receiver] in "
                              "config.toml.",
    "receiver.listening": "The receiver listens at {address}; what it receives goes into {database}.",
    "receiver.reached_at": "The provider has to reach it at {url}/…",
    "receiver.no_public_url": "No campaign is told of it yet: add public_url under [receiver] in config.toml, the address at "
                              "which the provider reaches it.",
    "receiver.minute": Plural("{moment:t}  1 request: {stored:n} stored, {repeated:n} repeated, {unreadable:n} unreadable, "
                              "{pings:n} empty, {beside:n} beside the database; {refused:n} refused, {failed:n} failed",
                              "{moment:t}  {count:n} requests: {stored:n} stored, {repeated:n} repeated, "
                              "{unreadable:n} unreadable, {pings:n} empty, {beside:n} beside the database; "
                              "{refused:n} refused, {failed:n} failed"),
    "receiver.minute_waiting": Plural("1 request waits beside the database; it is taken in as soon as that can be written.",
                                      "{count:n} requests wait beside the database; they are taken in as soon as that "
                                      "can be written."),
    "receiver.beside": "What comes is kept in files beside the database, and taken in as soon as that can be written again: "
                       "{why}",
    "receiver.failing": "What came could not be kept, neither in the database nor beside it, and was answered 503: {why}",
    "receiver.not_beside": "Beside the database nothing can be written ({problem:e}).",
    "receiver.slow": "The database has not answered for {seconds} seconds.",
    "receiver.unforeseen": "Something unforeseen happened ({problem}); the log says more.",
    "receiver.works_again": "What comes goes into the database again.",
    "receiver.ended": "The receiver has ended; everything it acknowledged is kept.",
}
