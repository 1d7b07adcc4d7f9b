"""The shapes of HCL Connections: Atom feeds and entries as recorded ones look, errors, and the site's web pages."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from tests.platforms.world import Group, Said, Someone

NAMES = UUID("6f1d3b58-0f3a-4c7e-9a55-2d1c54b0a7e1")
SN = "http://www.ibm.com/xmlns/prod/sn"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app"'
    ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
    f' xmlns:snx="{SN}" xmlns:thr="http://purl.org/syndication/thread/1.0">'
)
OTHER = "https://inside.example.net:444"
"""Recorded links name another host than the one that was asked."""
STRANGEST = "http://inside.example.net:81"
BLOG_ZONE = timezone(timedelta(hours=-4))
PERMISSIONS = "none, view_forum, create_post, edit_personal_post, del_personal_post, subscribe, like_post"

DENIED_PAGE = (
    b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">'
    b'\n<html lang="en-us" dir="ltr"><head><title>Access Denied</title></head><body class="lotusui lotusError">'
    b'<div class="lotusMessageBody">Access Denied  </div></body></html>'
)
LOGIN_PAGE = (
    b'<!DOCTYPE html>\n<html lang="en"><head><title>Log In</title></head><body class="lotusui lotusLogin">'
    b'<form method="post" action="/communities/j_security_check"><input name="j_username"/>'
    b'<input type="password" name="j_password"/></form></body></html>'
)
STOPPED_PAGE = (
    b"<html><body><h1>SRVE0255E: A WebGroup/Virtual Host to handle /forums/atom/topics has not been defined.</h1>"
    b"</body></html>"
)


def uuid_of(kind: str, number: int) -> str:
    """The id of something; the same for ever."""
    return str(uuid5(NAMES, f"{kind} {number}"))


def community_id(group: int) -> str:
    return uuid_of("community", group)


def forum_id(group: int) -> str:
    return uuid_of("forum", group)


def post_id(said: int) -> str:
    return uuid_of("post", said)


def user_id(person: int) -> str:
    return uuid_of("person", person).upper()


def text_time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def blog_time(moment: datetime) -> str:
    """A local offset and no milliseconds."""
    return moment.astimezone(BLOG_ZONE).isoformat(timespec="seconds")


def millis(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


def person_xml(tag: str, person: Someone, *, has_email: bool) -> str:
    email = f"<email>{person.email}</email>" if has_email else ""
    state = "inactive" if person.is_gone else "active"
    return (
        f'<{tag}>{email}<name>{escape(person.name)}</name><snx:userid xmlns:snx="{SN}">{user_id(person.id)}</snx:userid>'
        f'<snx:userState xmlns:snx="{SN}">{state}</snx:userState></{tag}>'
    )


def feed_xml(
    entries: Iterable[str],
    *,
    name: str,
    at: datetime,
    counts: tuple[int, int, int],
    next_link: str = "",
    more: str = "",
) -> bytes:
    """`counts` are totalResults, startIndex and itemsPerPage."""
    search = "".join(
        f'<opensearch:{tag} xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{count}</opensearch:{tag}>'
        for tag, count in zip(("totalResults", "startIndex", "itemsPerPage"), counts, strict=True)
    )
    link = f'<link href={quoteattr(next_link)} rel="next"></link>' if next_link else ""
    return (
        f'{HEAD}{search}{link}<generator uri="{SN}" version="8.0.0.0">HCL Connections - {name}</generator>'
        f'<title type="text">{name}</title><updated>{text_time(at)}</updated><id>{OTHER}/{name}</id>{more}'
        f"{''.join(entries)}</feed>"
    ).encode()


def community_xml(group: Group, owner: Someone, *, updated: datetime, has_email: bool) -> str:
    uuid = community_id(group.id)
    links = "".join(
        f'<link href="{OTHER}/communities/service/atom/community/{path}?communityUuid={uuid}" rel="{SN}/{rel}"'
        ' type="application/atom+xml"></link>'
        for path, rel in (
            ("members", "member-list"), ("forum/topics", "forum-topics"), ("remoteApplications", "remote-applications"),
            ("subcommunities", "subcommunities"), ("invites", "invitations-list"), ("widgets", "widgets"),
        )
    )  # fmt: skip
    return (
        f"<entry><snx:communityUuid>{uuid}</snx:communityUuid>"
        f"<id>http://communities.ibm.com:2006/service/atom/community/instance?communityUuid={uuid}</id>"
        f'<title type="text">{escape(group.name)}</title><category term="community" scheme="{SN}/type"></category>'
        f'<category term="water"></category>{links}'
        f'<link href="{OTHER}/communities/service/html/communitystart?communityUuid={uuid}" rel="alternate"'
        f' type="text/html"></link><snx:membercount>{len(group.members)}</snx:membercount>'
        f"<snx:communityType>{'private' if group.is_hidden else 'public'}</snx:communityType>"
        f"<published>{text_time(updated)}</published><updated>{text_time(updated)}</updated>"
        f'<content type="html">&lt;p&gt;{escape(escape(group.description))}&lt;/p&gt;</content>'
        f'<summary type="text">{escape(group.description)}</summary>{person_xml("author", owner, has_email=has_email)}'
        "</entry>"
    )


def member_xml(group: Group, person: Someone, *, has_email: bool) -> str:
    uuid, joined = community_id(group.id), text_time(group.members[person.id])
    name = f"&amp;email={person.email}" if has_email else ""
    role = "owner" if person.id in group.owners else "member"
    return (
        f"<entry><id>http://communities.ibm.com:2006/service/atom/community/members?communityUuid={uuid}{name}</id>"
        f'<title type="text">{escape(person.name)}</title><published>{joined}</published><updated>{joined}</updated>'
        f"{person_xml('contributor', person, has_email=has_email)}"
        f'<snx:role xmlns:snx="{SN}" component="{SN}/communities">{role}</snx:role>'
        f'<category term="person" scheme="{SN}/type"></category><snx:orgId xmlns:snx="{SN}">a</snx:orgId>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><span class="fn">{escape(person.name)}</span>'
        "</div></content></entry>"
    )


def forum_xml(group: Group, number: int, *, at: datetime) -> str:
    uuid = forum_id(group.id) if number == 0 else uuid_of("forum", group.id * 1000 + number)
    return (
        f'<entry xmlns:snx="{SN}"><id>urn:lsid:ibm.com:forum:{uuid}</id><title type="text">Forum {number}</title>'
        f'<snx:moderation xmlns:snx="{SN}" status="active"></snx:moderation><published>{text_time(at)}</published>'
        f'<updated>{text_time(at)}</updated><category term="forum-forum" scheme="{SN}/type"></category></entry>'
    )


def forum_entry_xml(
    said: Said,
    author: Someone,
    *,
    updated: datetime,
    parent: str,
    replies: int,
    flags: Sequence[str] = (),
    **options: str,
) -> str:
    """A topic or a reply; `parent` is the UUID of what it answers, which for a topic is its forum."""
    uuid, topic, is_topic = post_id(said.id), post_id(said.root), said.root == said.id
    kind, alone = ("forum-topic", "topic?topicUuid") if is_topic else ("forum-reply", "reply?replyUuid")
    below = "topicUuid" if is_topic else "replyUuid"
    words = options.get("words", html_words(said.text))
    marks = "".join(f'<category term="{flag}" scheme="{SN}/flags"></category>' for flag in flags)
    status = f'<snx:moderation status="{options["moderation"]}"></snx:moderation>' if "moderation" in options else ""
    # The address of what is answered is wrong for replies: it names the topic as if it were a forum.
    wrong = f"{OTHER}/forums/atom/topics?forumUuid={parent if is_topic else topic}"
    return (
        f'<entry xmlns:app="http://www.w3.org/2007/app" xmlns:snx="{SN}"'
        ' xmlns:thr="http://purl.org/syndication/thread/1.0">'
        f'<id>urn:lsid:ibm.com:forum:{uuid}</id><title type="text">{escape(options.get("title") or said.subject)}</title>'
        f'<category term="NotRecommendedByCurrentUser" scheme="{SN}/flags"></category>{marks}{status}'
        f'<link xmlns:snx="{SN}" href="{OTHER}/forums/atom/recommendation/entries?postUuid={uuid}"'
        f' rel="recommendations" type="application/atom+xml" snx:recommendation="{len(said.likes)}"></link>'
        f"<published>{text_time(said.at)}</published>{person_xml('author', author, has_email='email' in options)}"
        f"<updated>{text_time(updated)}</updated>"
        f'<link href="{OTHER}/forums/atom/{alone}={uuid}" rel="self" type="application/atom+xml"></link>'
        f'<category term="{kind}" scheme="{SN}/type"></category>'
        f'<link href="{OTHER}/forums/html/topic?id={topic}{"" if is_topic else "#" + uuid}" rel="alternate"></link>'
        f'<link xmlns:thr="http://purl.org/syndication/thread/1.0" href="{OTHER}/forums/atom/replies?{below}={uuid}"'
        f' rel="replies" type="application/atom+xml" thr:count="{replies}"></link>'
        f'<thr:in-reply-to xmlns:thr="http://purl.org/syndication/thread/1.0" ref="urn:lsid:ibm.com:forum:{parent}"'
        f' href="{wrong}" type="application/atom+xml"></thr:in-reply-to>'
        f'<content type="html">{escape(words)}</content>'
        f'<snx:permissions xmlns:snx="{SN}">{PERMISSIONS}</snx:permissions></entry>'
    )


def like_xml(said: Said, liker: Someone) -> str:
    """A like, which stands among the replies as if it were one."""
    return (
        f'<entry><id>urn:lsid:ibm.com:forum:{uuid_of("like", said.id * 1000 + liker.id)}</id><title type="text">like</title>'
        f'<category term="recommendation" scheme="{SN}/type"></category><published>{text_time(said.at)}</published>'
        f"{person_xml('author', liker, has_email=False)}<updated>{text_time(said.at)}</updated>"
        f'<thr:in-reply-to ref="urn:lsid:ibm.com:forum:{post_id(said.id)}"></thr:in-reply-to></entry>'
    )


def blog_entry_xml(said: Said, author: Someone, *, group: Group, comments: int, parent: str = "") -> str:
    """A post, or with `parent` (an id with its prefix) a comment."""
    uuid, root = post_id(said.id), f"urn:lsid:ibm.com:blogs:entry-{post_id(said.root)}"
    name = "comment" if parent else "entry"
    answers = (
        f'<thr:in-reply-to ref="urn:lsid:ibm.com:blogs:{parent}" href="{OTHER}/blogs/x" type="text/html"/>'
        if parent
        else ""
    )
    source = root if parent else f"urn:lsid:ibm.com:blogs:entries-{uuid_of('blog', group.id)}"
    kind, words = ("text", said.text) if parent else ("html", html_words(said.text))
    return (
        f'<entry xml:base="{OTHER}/blogs/{community_id(group.id)}"><id>urn:lsid:ibm.com:blogs:{name}-{uuid}</id>'
        f'<title type="text">{escape(said.subject or "Re: something")}</title>'
        f"{person_xml('author', author, has_email=False)}"
        f'<link rel="replies" type="application/atom+xml" href="{OTHER}/blogs/x" thr:count="{comments}"/>'
        f"<published>{blog_time(said.at)}</published><updated>{blog_time(said.touched_at)}</updated>"
        f'<content type="{kind}">{escape(words)}</content>{answers}<source><id>{source}</id></source></entry>'
    )


def error_xml(code: str, message: str) -> bytes:
    """Blank lines come before the root, and no declaration."""
    return f' \n \n \n<error xmlns="{SN}"><code>{code}</code><message>\n\t{message}</message><trace/></error>'.encode()


def html_words(text: str) -> str:
    """The text as an author's editor writes it."""
    return "\n    " + "".join(f'<p dir="ltr">{escape(part)}</p>' for part in text.split("\n\n")) + "\n  "
