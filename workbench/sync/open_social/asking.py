"""What a Drupal site is asked: the query of each list, with as few fields as will do, always sorted."""

from collections.abc import Mapping, Sequence
from typing import Final

from workbench.sync.open_social.shapes import COMMENT, FILE, FILES, NODE, PAGE

NODE_FIELDS: Final = "title,body,status,created,changed,drupal_internal__nid,uid"
COMMENT_FIELDS: Final = "field_comment_body,status,created,changed,drupal_internal__cid,entity_id,pid,uid"
USER_FIELDS: Final = "display_name,mail"
RELATION_FIELDS: Final = "gid,entity_id,group_roles,created,drupal_internal__id"
NUMBERS: Final = {COMMENT: "drupal_internal__cid"}
FILE_FIELDS: Final = "filename,filemime,filesize,uri"

Query = dict[str, str]


def rows_of(type_: str, fields: str = "") -> Query:
    """What is wanted of each row: with words and the author's name, unless `fields` says less."""
    query = {
        f"fields[{type_}]": fields or (COMMENT_FIELDS if type_ == COMMENT else NODE_FIELDS),
        "page[limit]": str(PAGE),
    }
    return query if fields else query | {"include": "uid", "fields[user--user]": USER_FIELDS}


def on_topics(topics: Sequence[str], number: int, offset: int, *, since: int, fields: str) -> Query:
    """Asks for comments on these topics behind the one numbered `number`."""
    query = rows_of(COMMENT, fields) | one_of("entity_id.id", topics) | {"sort": "drupal_internal__cid"}
    query |= condition("s", "created", ">=", since) if since else {}
    query |= condition("n", "drupal_internal__cid", ">", number) if number else {}
    return query | ({"page[offset]": str(offset)} if offset else {})


def saved_since(type_: str, since: int, offset: int) -> Query:
    """Asks for what was saved since, oldest first."""
    query = rows_of(type_) | condition("c", "changed", ">=", since) | {"sort": f"changed,{number_of(type_)}"}
    return query | ({"page[offset]": str(offset)} if offset else {})


def tied(type_: str, sort: str, offset: int) -> Query:
    """Asks for what is tied to groups; people with their names."""
    query = {f"fields[{type_}]": RELATION_FIELDS, "sort": sort, "page[limit]": str(PAGE)}
    query |= {"page[offset]": str(offset)} if offset else {}
    return query if "node" in type_ else query | {"include": "entity_id", "fields[user--user]": USER_FIELDS}


def condition(name: str, path: str, operator: str, value: int) -> Query:
    """A filter in its long form; the site's database compares whole numbers."""
    at = f"filter[{name}][condition]"
    return {f"{at}[path]": path, f"{at}[operator]": operator, f"{at}[value]": str(value)}


def one_of(path: str, values: Sequence[str]) -> Query:
    """A filter for any of these."""
    at = "filter[t][condition]"
    listed = {f"{at}[value][{number}]": value for number, value in enumerate(values)}
    return {f"{at}[path]": path, f"{at}[operator]": "IN"} | listed


def number_of(type_: str) -> str:
    """The field with the local number of a node or comment."""
    return NUMBERS.get(type_, "drupal_internal__nid")


def may_have_files(type_: str, query: Mapping[str, str]) -> bool:
    """Whether this asks for topics or events with their words, and not only for their dates."""
    return type_.startswith(NODE) and "include" in query


def with_files(type_: str, query: Mapping[str, str]) -> dict[str, str]:
    """The same question with the files; a site without the field answers 400 to it."""
    fields = f"fields[{type_}]"
    return {
        **query,
        fields: f"{query[fields]},{FILES}",
        "include": f"{query['include']},{FILES}",
        f"fields[{FILE}]": FILE_FIELDS,
    }
