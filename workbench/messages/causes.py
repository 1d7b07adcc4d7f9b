"""Causes: the words of errors that say more about why, a broken line and a file between two leaders."""

_DATE_FIRST = "Check the date of this computer. If it is right, tell whoever runs the platform."

# What stands in `details["cause"]` of a LineError → what happened and what to do next.
LINE_CAUSES: dict[str, tuple[str, str]] = {
    "no_answer": (
        "The platform does not answer.",
        "Check the connection and the address of the account, then try again.",
    ),
    "server": (
        "The platform has a fault of its own.",
        "Nothing is wrong here. Try again later; it goes on where it stopped.",
    ),
    "bad_reply": (
        "The platform sent something that cannot be read.",
        "Try again later. If it stays so, report it with the details below.",
    ),
    "too_large": (
        "The platform sent far more than was asked for.",
        "Try again later. If it stays so, report it with the details below.",
    ),
    "portal": (
        "Something else answered in the place of the platform, such as the sign-in page of this network.",
        "Open any web page in your browser and sign in to the network there, then try again.",
    ),
    "tls": (
        "No secure connection to the platform could be made, so nothing was sent.",
        "Try another network, or ask whoever runs this one.",
    ),
    "tls_not_yet_valid": ("The certificate of the platform is not valid yet.", _DATE_FIRST),
    "tls_expired": ("The certificate of the platform has expired.", _DATE_FIRST),
    "tls_unknown_issuer": (
        "Nobody this computer trusts vouches for the certificate of the platform.",
        "The network may be looking into connections: ask whoever runs it, or try another one.",
    ),
    "tls_wrong_host": (
        "The certificate belongs to another address than that of the platform.",
        "Check the address of the account. In a public network, sign in to the network first.",
    ),
}

_NOT_FOR_US = "This file is sealed for somebody else, or for this profile before it was made anew."
_OTHER_KIND = "This is another kind of file of Community Workbench."
_SEND_YOURS = "Send your partner your own partner file, and ask for the plan to be sealed for it."

# code and `details["cause"]` of an envelope error → what happened and what to do next.
ENVELOPE_CAUSES: dict[tuple[str, str], tuple[str, str]] = {
    ("foreign_envelope", "not_for_us"): (_NOT_FOR_US, _SEND_YOURS),
    ("foreign_envelope", "kind"): (_OTHER_KIND, "Open it in the place for files of its kind."),
    ("replayed_envelope", "own"): ("This is a file you sent yourself.", "Choose the one your partner sent."),
    ("envelope_locked", "wrong"): (
        "The passphrase does not open this file.",
        "Try again; capitals and spaces count. Ask the sender if you are not sure.",
    ),
    ("untrusted_signer", "changed"): (
        "This file is signed with another key than the one you trust under this name.",
        "The sender may have a new computer or profile. Ask them for their new partner file before you go on; if they "
        "know of none, somebody else made this file.",
    ),
}
