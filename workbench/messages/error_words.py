"""Error words: for each kind of error what happened, what is safe and what to do next; a new error gets them here."""

_UNTOUCHED = "Nothing was changed."
_KEPT = "Everything that was stored before is still there."
_MIRROR_KEPT = "What was fetched before is still there and can be read."

# code → what happened, what is safe, what to do next. One entry for each class of the error tree, which a test checks.
WORDS: dict[str, tuple[str, str, str]] = {
    "unexpected": (
        "Something went wrong inside the program.",
        "Changes that were not finished were not kept; everything stored before is still there.",
        "Try again. If it happens twice, report it with the details below.",
    ),
    "retry_later": ("This did not work just now.", _KEPT, "Try again in a few minutes."),
    "line": (
        "The connection broke, or the answer did not arrive whole.",
        _MIRROR_KEPT,
        "Check the connection and try again; it goes on where it stopped.",
    ),
    "platform_busy": (
        "The platform is busy and asked us to wait.",
        _MIRROR_KEPT,
        "Try again later; it goes on where it stopped.",
    ),
    "server_away": (
        "The database server did not answer, or did not let us in.",
        "Nothing was changed there or here.",
        "Check that it runs, its address, the account and the password, then try again.",
    ),
    "budget_spent": (
        "The data this account may use today is used up.",
        _MIRROR_KEPT,
        "It goes on tomorrow. To go on today, raise today's limit.",
    ),
    "unsettled": (
        "The line broke while this was being sent, so it may have arrived or not.",
        "Your text is kept here, and it is not sent again by itself.",
        "Wait until the program has looked for it on the platform, or look there yourself.",
    ),
    "conflict": (
        "The platform says that this is there already.",
        "Your text is kept here, and it is not sent again by itself.",
        "Look for it on the platform. If it is yours, nothing is left to do.",
    ),
    "needs_user": ("This needs a decision from you.", _UNTOUCHED, "Read the details and choose how to go on."),
    "wrong_key": (
        "The key does not open this profile.",
        "The profile was not changed.",
        "Try again with the key file or passphrase this profile was made with; the recovery code works too. Only if "
        "you are sure that it is right, the file may be damaged: “workbench restore” puts a backup in its place.",
    ),
    "key_missing": (
        "The key of this profile could not be found.",
        "The profile was not changed.",
        "Give the key file with --key-file FILE, or the passphrase with --passphrase-fd N.",
    ),
    "profile_busy": (
        "Another window or command is writing to this profile.",
        "Its work goes on undisturbed, and nothing was changed here.",
        "Close the other window or wait until the command is done. Reading works meanwhile.",
    ),
    "newer_profile": (
        "This profile was made by a newer version of Community Workbench.",
        "The profile was not changed.",
        "Update the program, or restore a backup made by this version with “workbench restore”.",
    ),
    "not_our_file": (
        "This is not a profile of Community Workbench.",
        "The file was not changed.",
        "Choose the folder of your profile with --profile, or another folder to make a new one.",
    ),
    "sign_in": (
        "The platform did not accept the sign-in.",
        _MIRROR_KEPT,
        "Sign in again on the Sync page.",
    ),
    "clock": (
        "The clock of this computer is wrong.",
        _MIRROR_KEPT,
        "Set the date, the time and the time zone, best to be set by the network, then try again.",
    ),
    "refused": (
        "The platform did not accept what was sent.",
        "Your text is kept here, and nothing was published.",
        "Change it and send it again, or copy the text and post it on the platform.",
    ),
    "many_gone": (
        "The platform no longer shows a large part of what is held here.",
        "All of it is kept.",
        "Look at the community on the platform: perhaps this account sees less of it than before. If it was really "
        "cleared, run the check again and let it remove what is gone.",
    ),
    "foreign_envelope": (
        "This file was not made by Community Workbench.",
        _UNTOUCHED,
        "Choose the file that your partner sent; its name ends in .cwplan.",
    ),
    "envelope_locked": (
        "This file is sealed with a passphrase.",
        _UNTOUCHED,
        "Give the passphrase you agreed on with the sender.",
    ),
    "older_envelope": (
        "This file has an old form that is no longer read.",
        _UNTOUCHED,
        "Ask the sender to update Community Workbench and to send it again.",
    ),
    "newer_envelope": (
        "This file was made by a newer version of Community Workbench.",
        _UNTOUCHED,
        "Update the program here, then open the file again.",
    ),
    "replayed_envelope": (
        "This file was taken in before.",
        _UNTOUCHED,
        "Nothing is left to do. If you expected something newer, ask the sender to send it again.",
    ),
    "forked_envelope": (
        "Two different files of this sender carry the same number.",
        _UNTOUCHED,
        "A copy of the sender's profile seems to be in use on a second computer. Ask the sender which one counts.",
    ),
    "untrusted_signer": (
        "Nobody here has confirmed who sent this file.",
        _UNTOUCHED,
        "Compare the fingerprint with the sender, by telephone or in person; if it is the same, add the sender as a "
        "partner.",
    ),
    "envelope_damaged": (
        "This file is damaged: it is not as its sender signed it.",
        "Nothing was changed, and nothing in it was used.",
        "Ask the sender for it once more, or copy it again.",
    ),
    "envelope_cut": (
        "This file ends too early.",
        "Nothing was changed, and nothing in it was used.",
        "It may still be on its way: wait until it is copied, or copy it again.",
    ),
    "bad_input": ("What was given cannot be used.", _UNTOUCHED, "Correct it and try again."),
    "too_many_people": (
        "More people have ties here than a network can be worked out for.",
        _UNTOUCHED,
        "Choose fewer communities, or a shorter period.",
    ),
    "skip_stream": (
        "A part of this community could not be read.",
        "The other parts were read and kept.",
        "Look at the Sync page for what was left out.",
    ),
    "not_found": (
        "The community is not there, or not any more.",
        _MIRROR_KEPT,
        "Check its address. If it was closed, you can keep what was fetched and stop following it.",
    ),
    "forbidden": (
        "The platform does not let this account read the community.",
        _MIRROR_KEPT,
        "Ask its owner for access, or sign in with another account.",
    ),
    "source": (
        "A file could not be read to its end.",
        "What was read before that point was kept; nothing in the file was changed.",
        "Get a fresh copy of the file and run the same import again; it adds only what is missing.",
    ),
    "store": (
        "The profile could not be read or written.",
        "Nothing half done was kept.",
        "Check that the disk is connected and works, then try again.",
    ),
    "damaged": (
        "A part of the profile is damaged.",
        "Nothing was read from the damaged part, and backups are untouched.",
        "Run “workbench check”, then “workbench restore” with the newest backup; what platforms hold is fetched again.",
    ),
    "no_space": (
        "The disk is full.",
        "The step that did not fit was taken back; everything stored before is still there.",
        "Free some space and try again.",
    ),
    "read_only": (
        "The folder does not let us write.",
        _UNTOUCHED,
        "Give yourself the right to write in the folder, or choose another one with --profile.",
    ),
    "export": (
        "The document could not be written.",
        "The profile was not changed, and no half document was left behind.",
        "Choose a folder you may write to, with enough space, and export again.",
    ),
    "work_stopped": (
        "The work stopped unexpectedly.",
        "What was stored up to here is kept.",
        "Run it again; it goes on from there.",
    ),
    "cancelled": (
        "Stopped, as you asked.",
        "What was stored up to here stays.",
        "Run it again to go on from there.",
    ),
}
