"""The receiver: its log, why it does not start, and why it can't read what it was sent."""

from typing import Final

from tui.i18n.words import Plural, Texts

TEXTS: Final[Texts] = {
    "receiver.unreadable.no_form": "What arrived is not a form: it has no fields.",
    "receiver.unreadable.not_utf8": "What arrived is not a UTF-8 form: its letters can't be read.",
    "receiver.unreadable.too_many_fields": "What arrived has {count:n} fields: no more than {most:n} are read.",
    "receiver.unreadable.field_twice": "The field {field} appears twice, with different values.",
    "receiver.unreadable.missing": "The field {field} is missing or empty.",
    "receiver.unreadable.bad_field": "“{value}” in the field {field} can't be understood or stored.",
    "receiver.unreadable.not_kept": "The database did not accept this ({problem}); it is stored as it arrived.",
    "receiver.port_busy": "Port {port} is in use by another program, perhaps by a receiver that is already running: end that "
                          "one, or set another listen under [receiver] in config.toml.",
    "receiver.no_address": "{host} is no address of this machine: set listen under [receiver] in config.toml, as in "
                           "“127.0.0.1:8787”.",
    "receiver.cannot_listen": "The receiver cannot listen at {address} ({problem:e}): set another listen under [receiver] in "
                              "config.toml.",
    "receiver.listening": "The receiver listens at {address}; what it receives goes into {database}.",
    "receiver.reached_at": "The provider has to reach it at {url}/…",
    "receiver.no_public_url": "No campaign reports to it yet: add public_url under [receiver] in config.toml, the address at which the provider reaches it.",
    "receiver.minute": Plural("{moment:t}  1 request: {stored:n} stored, {repeated:n} repeated, {unreadable:n} unreadable, "
                              "{pings:n} empty, {beside:n} beside the database; {refused:n} refused, {failed:n} failed",
                              "{moment:t}  {count:n} requests: {stored:n} stored, {repeated:n} repeated, "
                              "{unreadable:n} unreadable, {pings:n} empty, {beside:n} beside the database; "
                              "{refused:n} refused, {failed:n} failed"),
    "receiver.minute_waiting": Plural("1 request is waiting beside the database; it is imported as soon as the database can be written.", "{count:n} requests are waiting beside the database; they are imported as soon as the database can be written."),
    "receiver.beside": "Requests are being stored in files beside the database, and imported as soon as it can be written again: {why}",
    "receiver.failing": "A request could not be stored, in the database or beside it, and was answered 503: {why}",
    "receiver.not_beside": "Nothing can be written beside the database ({problem:e}).",
    "receiver.slow": "The database has not answered for {seconds} seconds.",
    "receiver.unforeseen": "Something unexpected happened ({problem}); see the log for details.",
    "receiver.works_again": "Requests are going into the database again.",
    "receiver.ended": "The receiver has stopped; everything it acknowledged is stored.",
}
