"""The texts about the provider and the way to it."""

from __future__ import annotations

from tui.i18n.words import Plural, Texts

_PANEL = "the campaign may exist. Look for it in the provider's web panel before you launch it again."

TEXTS: Texts = {
    # The address of the API.
    "provider.base_url.broken": "“{url}” is not an address of the form https://api.bulutsantralim.com.",
    "provider.base_url.has_query":
        "The provider's address may not contain “?” or “#”: end it with the host name or a path.",
    "provider.base_url.has_user":
        "The provider's address may not contain “@”, a user name or a password: the API key has a setting of its own.",
    "provider.base_url.not_ascii":
        "“{url}” names its host with letters that can be mistaken for others; the name that would be asked for is {host}. If that is the one you mean, type it so.",
    "provider.base_url.no_host": "“{url}” can't be reached: “{host}” is no name of a host. Its parts between the dots have 1 to 63 letters, digits or hyphens; an IPv4 address has four numbers.",
    "provider.base_url.not_https":
        "“{url}” would send the API key unencrypted: use https, or http only for this machine (localhost).",

    # Nothing was sent.
    "provider.not_reached.certificate":
        "The certificate of {host} is not valid, so nothing was sent. Check this machine's clock, and whether a"
        " proxy is intercepting the connection.",
    "provider.not_reached.dns":
        "The host name {host} was not found (DNS), so this attempt sent nothing. Check the network and the address.",
    "provider.not_reached.incomplete":
        "The connection to {host} broke before the whole request had been sent, so the provider can't have carried it"
        " out. If that happens each time, the list may be longer than the provider takes: try a shorter one.",
    "provider.not_reached.incomplete_timeout":
        "{host} stopped reading before the whole request had been sent, so the provider can't have carried it out. Check"
        " the network and try again.",
    "provider.not_reached.network": "There is no route to {host}, so this attempt sent nothing. Check the network.",
    "provider.not_reached.other": "{host} could not be reached, so this attempt sent nothing. Check the network.",
    "provider.not_reached.pool":
        "Too many requests to {host} are still open, so this attempt sent nothing. Try again in a moment.",
    "provider.not_reached.proxy":
        "The proxy did not let the connection through ({host}), so this attempt sent nothing. Check the proxy"
        " settings.",
    "provider.not_reached.refused":
        "{host} refused the connection, so this attempt sent nothing. Check the address and the network.",
    "provider.not_reached.settings": "{variable} is “{value}”, and that can't be used, so nothing was sent to {host}. A proxy is written http://HOST:PORT, certificates are a readable file or folder; correct the variable or unset it.",
    "provider.not_reached.timeout":
        "{host} did not accept the connection in time, so this attempt sent nothing. Check the network and try again.",
    "provider.not_reached.tls":
        "No encrypted connection to {host} could be made (TLS), so this attempt sent nothing. Check the address"
        " and the proxy settings.",
    "provider.not_reached.unreadable":
        "The list could not be read to its end, so {host} was not sent the whole request and can't have carried it out."
        " Look through the numbers and try again.",
    "provider.not_reached.withheld":
        "Another program considered this request abandoned, so it was not sent to {host}.",
    "provider.not_reached.unready": "The request to {host} could not be prepared, so nothing was sent.",
    "provider.not_reached.unwritable":
        "A text contains a character that cannot be sent, so nothing was sent to {host}. Retype the texts that you"
        " pasted.",

    # A create request that may have been read.
    "provider.unconfirmed.cut": f"The connection broke before the provider's answer was complete: {_PANEL}",
    "provider.unconfirmed.more":
        f"Something came behind the provider's answer that may belong to it, so that its ID may be cut short: {_PANEL}",
    "provider.unconfirmed.no_id": f"The provider answered {{status}} with “{{words}}” instead of an ID: {_PANEL}",
    "provider.unconfirmed.no_id.page":
        f"The provider answered {{status}} with a web page (“{{words}}”) instead of an ID: {_PANEL}",
    "provider.unconfirmed.no_id.silent": f"The provider answered {{status}} without an ID: {_PANEL}",
    "provider.unconfirmed.status": f"The provider answered {{status}}, “{{words}}”: {_PANEL}",
    "provider.unconfirmed.status.page": f"The provider answered {{status}} with a web page (“{{words}}”): {_PANEL}",
    "provider.unconfirmed.status.silent": f"The provider answered {{status}} and nothing more: {_PANEL}",
    "provider.unconfirmed.timeout": f"The provider did not answer in time: {_PANEL}",
    "provider.unconfirmed.unframed":
        f"The provider's answer does not say where it ends, so that its ID may be cut short: {_PANEL}",

    # Other requests that may have been read.
    "provider.answer_lost.cut":
        "The connection broke before the provider's answer was complete: whether it was done is unknown. Try again.",
    "provider.answer_lost.timeout": "The provider did not answer in time: whether it was done is unknown. Try again.",

    # The provider said no.
    "provider.key_refused":
        "The provider refused the API key ({status}: “{words}”). Check the key in the profile.",
    "provider.key_refused.page":
        "The provider refused the API key ({status}, web page “{words}”). Check the key in the profile.",
    "provider.key_refused.silent": "The provider refused the API key ({status}). Check the key in the profile.",
    "provider.forbidden":
        "The provider does not allow this ({status}: “{words}”). The key may be wrong, or the account may lack a permission or module.",
    "provider.forbidden.page":
        "The answer was {status} and a web page (“{words}”). The key may be wrong, or the account may lack a permission or module; or a server in front of the provider answered.",
    "provider.forbidden.silent":
        "The provider does not allow this ({status}) and gave no reason. The key may be wrong, or the account may lack a permission or module.",
    "provider.limit_reached": "The provider accepts no more requests at the moment (429). Try again in a minute.",
    "provider.limit_reached.seconds": Plural(
        "The provider accepts no more requests at the moment (429). Try again in 1 second.",
        "The provider accepts no more requests at the moment (429). Try again in {count:n} seconds."),
    "provider.not_found": "The provider does not know this campaign ({status}: “{words}”). It may have been deleted.",
    "provider.not_found.page":
        "The provider does not know this campaign ({status}, web page “{words}”). It may have been deleted.",
    "provider.not_found.silent": "The provider does not know this campaign ({status}). It may have been deleted.",
    "provider.refused": "The provider refused ({status}): “{words}”.",
    "provider.webhook_refused": "The provider refused ({status}): “{words}”. It tries the webhook before it makes the campaign: start the receiver (santral listen), see that the address leads to it, and launch again.",
    "provider.refused.page":
        "The provider refused ({status}) with a web page: “{words}”. Check the provider's address and the proxy"
        " settings.",
    "provider.refused.silent": "The provider refused ({status}) and gave no reason.",

    # The provider failed, or answered something else.
    "provider.server_failed":
        "The provider failed ({status}: “{words}”): whether it was done is unknown. Try again later.",
    "provider.server_failed.page":
        "The provider failed ({status}, web page “{words}”): whether it was done is unknown. Try again later.",
    "provider.server_failed.silent":
        "The provider failed ({status}) and gave no reason: whether it was done is unknown. Try again later.",
    "provider.no_ok":
        "The provider answered {status} with “{words}” instead of OK: it isn't known whether it was done. Try again.",
    "provider.no_ok.page":
        "The provider answered {status} with a web page (“{words}”): it isn't known whether it was done. Check the"
        " provider's address and the proxy settings, then try again.",
    "provider.no_ok.silent":
        "The provider answered {status} with nothing instead of OK: it isn't known whether it was done. Try again.",
    "provider.block_no_id":
        "The provider answered {status} with “{words}” instead of an ID: it isn't known whether the number is blocked.",
    "provider.block_no_id.page":
        "The provider answered {status} with a web page (“{words}”): it isn't known whether the number is blocked.",
    "provider.block_no_id.silent":
        "The provider answered {status} without an ID: it isn't known whether the number is blocked.",
    "provider.bad_status":
        "The provider answered {status}, which its document does not mention. Check the provider's address.",
    "provider.bad_shape":
        "The provider's answer to {path} is not as documented at “{place}”. Try again later.",
    "provider.no_json":
        "The provider's answer to {path} cannot be read (no JSON). Check the provider's address and the proxy"
        " settings.",
    "provider.too_long": "The provider's answer is too long to be right. Check the provider's address.",

    # A recording that lies elsewhere.
    "provider.recording.no_address":
        "The provider gave no address for the recording: it may not be ready yet. Try again in a few minutes.",
    "provider.recording.unsafe":
        "The provider's address for the recording can't be used: it must be https and lead to another machine. Nothing was downloaded.",
    "provider.recording.over":
        "The recording isn't at the address that the provider gave ({status}): it may have expired or been deleted."
        " Fetch it again.",
    "provider.recording.failed": "The recording could not be downloaded ({status}). Try again later.",
    "provider.recording.redirects": "The recording's address redirected endlessly: nothing was downloaded.",
    "provider.recording.unreadable": "The recording arrived compressed, although that wasn't requested: nothing was saved.",
    "provider.recording.too_large": "The recording is longer than {size:m}: nothing was saved.",
    "provider.recording.cut": "The connection broke before the recording was complete: nothing was saved. Try again.",
    "provider.recording.timeout": "The recording did not come in time: nothing was saved. Try again.",

    # Waiting.
    "provider.not_now": Plural("The provider's limit leaves no room for another request: it can be sent in 1 second.",
                               "The provider's limit leaves no room for another request: it can be sent in {count:n}"
                               " seconds."),
    "provider.wait.again": Plural("Attempt {attempt} of {of} in 1 second…",
                                  "Attempt {attempt} of {of} in {count:n} seconds…"),
    "provider.wait.limit": Plural("Waiting 1 second to stay within the provider's limit…",
                                  "Waiting {count:n} seconds to stay within the provider's limit…"),
}
