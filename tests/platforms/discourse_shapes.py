"""Shapes of Discourse: what a category, topic, post, group and person of the world look like in its JSON."""

import html
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tests.platforms.world import Group, Said, Someone

GROUP_IDS_FROM = 100


def stamp(moment: datetime | None) -> str | None:
    """A time as Discourse writes it: UTC with milliseconds."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def slug(name: str) -> str:
    """A name as it stands in an address."""
    return name.lower().replace(" ", "-")


def avatar(person: Someone) -> str:
    """A relative picture address with the size left open."""
    return f"/letter_avatar_proxy/v4/letter/{person.username[0]}/aaaaaa/{{size}}.png"


def person_shape(person: Someone) -> dict[str, Any]:
    """A person as they stand in lists."""
    return {"id": person.id, "username": person.username, "name": person.name, "avatar_template": avatar(person)}


def named_shape(people: Iterable[Someone], text: str) -> list[dict[str, Any]]:
    """Those whom the words name, as posts list them."""
    words = set(re.findall(r"@(\w+)", text))
    return [person_shape(person) for person in people if person.username in words]


def category_shape(group: Group, *, topics: int, posts: int) -> dict[str, Any]:
    """A category of /categories.json."""
    return {
        "id": group.id,
        "name": group.name,
        "color": "0088CC",
        "text_color": "FFFFFF",
        "slug": slug(group.name),
        "topic_count": topics,
        "post_count": posts,
        "position": group.id,
        "description": f"<p>{html.escape(group.description)}</p>" if group.description else None,
        "description_text": group.description,
        "topic_url": f"/t/about-the-{slug(group.name)}-category/{group.id}",
        "read_restricted": group.is_hidden,
        "permission": 1,
        "notification_level": 1,
        "can_edit": False,
        "has_children": False,
        "subcategory_ids": [],
        "subcategory_list": None,
        "topics_day": 0,
        "topics_week": 0,
        "topics_month": 0,
        "topics_year": topics,
        "topics_all_time": topics,
    }


def topic_shape(
    topic_id: int,
    root: Said,
    posts: list[Said],
    *,
    bumped_at: datetime,
    highest: int,
    is_pinned: bool,
    has_no_date: bool,
    tags: list[Any],
    author: Someone,
    last: Someone,
) -> dict[str, Any]:
    """A topic as it stands in a list; `posts` are those that stand."""
    return {
        "id": topic_id,
        "title": root.subject,
        "fancy_title": html.escape(root.subject),
        "slug": slug(root.subject),
        "posts_count": len(posts),
        "reply_count": max(0, len(posts) - 1),
        "highest_post_number": highest,
        "image_url": None,
        "created_at": stamp(root.at),
        "last_posted_at": None if has_no_date else stamp(max((post.at for post in posts), default=root.at)),
        "bumped": True,
        "bumped_at": stamp(bumped_at),
        "archetype": "regular",
        "unseen": False,
        "pinned": is_pinned,
        "pinned_globally": is_pinned,
        "unpinned": None,
        "visible": True,
        "closed": False,
        "archived": False,
        "bookmarked": None,
        "liked": None,
        "tags": tags,
        "views": 10 + len(posts),
        "like_count": sum(len(post.likes) for post in posts),
        "has_summary": False,
        "last_poster_username": last.username,
        "category_id": root.group,
        "op_like_count": len(root.likes),
        "featured_link": None,
        "posters": [
            {"extras": "latest", "description": "Original Poster", "user_id": author.id, "primary_group_id": None}
        ],
    }


def post_shape(
    post: Said,
    *,
    topic_id: int,
    number: int,
    parent: int | None,
    author: Someone | None,
    me: int,
    with_raw: bool,
    people: Iterable[Someone] | None = None,
) -> dict[str, Any]:
    """A post as topics and single posts show it; `with_raw` adds what was typed, `people` whom of them it names."""
    liked: dict[str, Any] = {"id": 2}
    if post.likes:
        liked["count"] = len(post.likes)
    if me in post.likes:
        liked["acted"] = True
    liked["can_act"] = me not in post.likes
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in post.text.split("\n\n"))
    shape = {
        "id": post.id,
        "name": author.name if author else None,
        "username": author.username if author else "gone",
        "avatar_template": avatar(author) if author else "",
        "created_at": stamp(post.at),
        "cooked": paragraphs,
        "post_number": number,
        "post_type": 1,
        "posts_count": 1,
        "updated_at": stamp(post.touched_at),
        "reply_count": 0,
        "reply_to_post_number": parent,
        "quote_count": 0,
        "incoming_link_count": 0,
        "reads": 3,
        "readers_count": 2,
        "score": 0.6,
        "yours": post.author == me,
        "topic_id": topic_id,
        "topic_slug": "topic",
        "display_username": author.name if author else None,
        "primary_group_name": None,
        "flair_name": None,
        "version": post.version,
        "can_edit": post.author == me,
        "can_delete": False,
        "can_recover": False,
        "can_wiki": False,
        "user_title": None,
        "actions_summary": [liked] if len(liked) > 1 else [],
        "moderator": False,
        "admin": False,
        "staff": False,
        "user_id": author.id if author else None,
        "hidden": False,
        "trust_level": 1,
        "deleted_at": None,
        "user_deleted": False,
        "edit_reason": None,
        "can_view_edit_history": True,
        "wiki": False,
    }
    if people is not None:
        shape["mentioned_users"] = named_shape(people, post.text)
    return shape | {"raw": post.text} if with_raw else shape


def group_shape(group: Group, *, me: int) -> dict[str, Any]:
    """A Discourse group made of who is in a group of the world."""
    return {
        "id": GROUP_IDS_FROM + group.id,
        "automatic": False,
        "name": slug(group.name).replace("-", "_"),
        "display_name": slug(group.name).replace("-", "_"),
        "full_name": f"{group.name} team",
        "user_count": len(group.members),
        "mentionable_level": 0,
        "messageable_level": 0,
        "visibility_level": 0,
        "members_visibility_level": 0,
        "can_see_members": True,
        "is_group_user": me in group.members,
        "is_group_owner": me in group.owners,
        "public_admission": False,
        "public_exit": False,
        "allow_membership_requests": False,
        "bio_excerpt": group.description,
        "title": None,
    }


def member_shape(person: Someone, added: datetime) -> dict[str, Any]:
    """A member of a group, with when they were added."""
    return person_shape(person) | {
        "title": None,
        "last_posted_at": None,
        "last_seen_at": None,
        "added_at": stamp(added),
        "timezone": "Etc/UTC",
    }
