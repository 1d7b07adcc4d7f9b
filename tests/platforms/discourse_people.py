"""People of the Discourse stand-in: groups, their members, the directory, single persons."""

from tests.platforms.discourse_keys import refused
from tests.platforms.discourse_shapes import group_shape, member_shape, person_shape, slug, stamp
from tests.platforms.server import Asked, StandIn, Told, told
from tests.platforms.world import Group

DIRECTORY_PAGE = 50


def groups(platform: StandIn, asked: Asked) -> Told:
    """Groups by name, 36 a page; the link to the next page is always given."""
    page, size = int(asked.query.get("page", "0")), 36
    groups: list[Group] = sorted(platform.world.groups.values(), key=lambda group: group.name)
    shown = groups[page * size : (page + 1) * size]
    return told(
        {
            "groups": [group_shape(group, me=platform.world.me) for group in shown],
            "extras": {"type_filters": ["my", "public"]},
            "total_rows_groups": len(groups),
            "load_more_groups": f"/groups?page={page + 1}",
        }
    )


def members(platform: StandIn, asked: Asked, name: str) -> Told:
    """Who is in a group, with all owners on every page."""
    group = next(
        (group for group in platform.world.groups.values() if slug(group.name).replace("-", "_") == name), None
    )
    if group is None:
        return refused(404, "not_found")
    if platform.is_on("members_hidden"):
        return refused(403, "invalid_access")
    limit, offset = int(asked.query.get("limit", "50")), int(asked.query.get("offset", "0"))
    if limit > 1000:
        return refused(400, "invalid_parameters")
    added = sorted(group.members.items(), key=lambda item: (item[1], item[0]))
    if asked.query.get("order") == "added_at" and asked.query.get("asc") != "true":
        added.reverse()
    people = platform.world.people
    return told(
        {
            "members": [member_shape(people[who], at) for who, at in added[offset : offset + limit]],
            "owners": [
                member_shape(people[who], group.members[who]) for who in sorted(group.owners & group.members.keys())
            ],
            "meta": {"total": len(group.members), "limit": limit, "offset": offset},
        }
    )


def directory(platform: StandIn, asked: Asked) -> Told:
    """Everybody by pages of 50, the last one number 10."""
    page = int(asked.query.get("page", "0"))
    if platform.is_on("no_directory"):
        return refused(403, "invalid_access")
    if page > 10:
        return refused(400, "invalid_parameters")
    people = [person for person in platform.world.people.values() if not person.is_gone and person.id > 0]
    shown = people[page * DIRECTORY_PAGE : (page + 1) * DIRECTORY_PAGE]
    rows = [
        {
            "id": person.id,
            "likes_received": 0,
            "likes_given": 0,
            "topics_entered": 1,
            "topic_count": 0,
            "post_count": 0,
            "posts_read": 0,
            "days_visited": 1,
            "user": person_shape(person) | {"title": None},
        }
        for person in shown
    ]
    meta = {
        "last_updated_at": stamp(platform.world.now),
        "total_rows_directory_items": len(people),
        "load_more_directory_items": f"/directory_items?page={page + 1}",
    }
    return told({"directory_items": rows, "meta": meta})


def person(platform: StandIn, asked: Asked, username: str) -> Told:
    """One person; the account itself also sees how much of theirs waits."""
    world = platform.world
    found = next((someone for someone in world.people.values() if someone.username == username), None)
    if found is None:
        return refused(404, "not_found")
    shape = person_shape(found) | {"trust_level": 1, "badge_count": 0}
    if found.id == world.me:
        own = [
            said.shown_from for said in world.said.values() if said.author == world.me and said.shown_from is not None
        ]
        shape["pending_posts_count"] = sum(moment > world.now for moment in own)
    return told({"user": shape})
