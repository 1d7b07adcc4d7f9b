"""The forty faults as data: what each does to an exchange, to the platform, to a token or to our clock.

A fault on the line makes a `LineFault` for one exchange; every other is a move that happens between two exchanges.
Both draw on a seed alone.
"""

import gzip
import json
import random
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Final, Protocol

from tests.platforms.server import Asked, StandIn, Told
from tests.platforms.world import World
from tests.rig.fake_net import HEAD_END, JumpingClock, LineFault, Net

CERTIFICATES: Final = {9: "not valid yet", 10: "expired", 20: "unknown issuer", 64: "wrong host"}
"""OpenSSL's codes of the four kinds of bad certificate."""
PORTAL: Final = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>Sign in to the hotel</body></html>"
ELSEWHERE: Final = 18_443
"""The port of a host that is not the platform; what it is sent, it keeps."""


class Group(StrEnum):
    """Where a fault sits."""

    LINE = "line"
    BYTES = "bytes"
    MEANING = "meaning"
    PAGING = "paging"
    TRUST = "trust and time"


class Keys(Protocol):
    """What signs our requests, as the platform sees it."""

    def revoke(self) -> None:
        """The platform ends it; only a person gets another."""
        ...

    def renew_beside(self) -> None:
        """The platform refuses what it gave, and another process of ours gets the next one first."""
        ...


class Scene(Protocol):
    """What a move may touch."""

    net: Net
    clock: JumpingClock
    platform: StandIn
    world: World
    keys: Keys


@dataclass(frozen=True, slots=True)
class Fault:
    """One of the forty; `line` or `move` is set.

    `lies`: the answer is whole and well formed and says what is not so, which nobody can tell from that answer alone.
    """

    number: int
    name: str
    group: Group
    line: Callable[[random.Random], LineFault] | None = None
    move: Callable[[Scene, random.Random], None] | None = None
    lies: bool = False


# Answers taken apart and put together again


def parted(raw: bytes) -> tuple[str, dict[str, str], bytes]:
    """The first line of an answer, its headers, its body as it lies on the wire."""
    head, _, body = raw.partition(HEAD_END)
    first, *lines = head.decode("latin-1").split("\r\n")
    return first, dict(line.split(": ", 1) for line in lines), body


def joined(first: str, headers: Mapping[str, str], body: bytes, *, length: int | None = None) -> bytes:
    """An answer of these; its length as it is, unless another one is told."""
    told = {name: value for name, value in headers.items() if name != "Content-Length"}
    if "Transfer-Encoding" not in told:
        told["Content-Length"] = str(len(body) if length is None else length)
    return "\r\n".join((first, *(f"{name}: {value}" for name, value in told.items()))).encode() + HEAD_END + body


def plain(raw: bytes) -> tuple[str, dict[str, str], bytes]:
    """The same with its body unpacked."""
    first, headers, body = parted(raw)
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
        del headers["Content-Encoding"]
    return first, headers, body


def body_changed(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Changes the unpacked body of an answer that has one."""

    def changed(raw: bytes) -> bytes:
        first, headers, body = plain(raw)
        return joined(first, headers, change(body)) if body else raw

    return changed


def packed_changed(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Packs the body, changes what was packed, and announces the length that it has then."""

    def changed(raw: bytes) -> bytes:
        first, headers, body = plain(raw)
        return joined(first, {**headers, "Content-Encoding": "gzip"}, change(gzip.compress(body, mtime=0)))

    return changed


def json_changed(change: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    """Changes the value of a JSON answer; others stay as they are."""

    def changed(raw: bytes) -> bytes:
        first, headers, body = plain(raw)
        try:
            value = json.loads(body)
        except ValueError:
            return raw
        return joined(first, headers, json.dumps(change(value), separators=(",", ":")).encode())

    return changed


def answered(name: str, status: int, body: bytes = b"{}", kind: str = "application/json", **headers: str) -> LineFault:
    """An answer that comes instead of the platform's, which did not hear the question."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return LineFault(name, instead=Told(status, body, kind, named))


def _lists(value: Any, change: Callable[[list[Any]], list[Any]]) -> Any:
    """The lists of things in a page, wherever it keeps them."""
    if isinstance(value, list):
        return change(value) if not value or isinstance(value[0], dict) else value
    if isinstance(value, dict):
        return {name: _lists(item, change) for name, item in value.items()}
    return value


# Faults that need more than a word


def _emptied(value: Any) -> Any:
    return _lists(value, lambda items: [])


def _reordered(value: Any) -> Any:
    return _lists(value, lambda items: items[::-1])


def _with_wrong_checksum(packed: bytes) -> bytes:
    return packed[:-8] + bytes(byte ^ 0xFF for byte in packed[-8:-4]) + packed[-4:]


def _wrong_length(rng: random.Random) -> LineFault:
    more = rng.choice((7, 500))

    def change(raw: bytes) -> bytes:
        first, headers, body = parted(raw)
        if "Transfer-Encoding" in headers:  # here it is the last piece that says where the end is
            return raw.removesuffix(b"0\r\n\r\n")
        return joined(first, headers, body, length=len(body) + more)

    return LineFault("wrong length", change=change, cut_after=1 << 40)


def _cut_chunk(rng: random.Random) -> LineFault:
    def change(raw: bytes) -> bytes:
        first, headers, body = plain(raw)
        half = body[: len(body) // 2]
        headers.pop("Content-Length", None)  # some answers come in chunks already
        return joined(first, {**headers, "Transfer-Encoding": "chunked"}, b"%x\r\n%s" % (len(body), half))

    _ = rng
    return LineFault("cut chunk", change=change, cut_after=1 << 40)


def _bomb(body: bytes) -> bytes:
    """Two hundred kilobytes that unpack to two hundred megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    piece = bytes(1 << 20)
    return b"".join([*(packer.compress(piece) for _ in range(200)), packer.flush()])


def _bad_text(body: bytes) -> bytes:
    middle = max(1, len(body) // 2)
    return body[:middle] + b"\xc3\x28" + body[middle:]


def _deep(body: bytes) -> bytes:
    return b'{"a":' * 100_000 + b"1" + b"}" * 100_000


def _null_or_nan(rng: random.Random) -> LineFault:
    body = rng.choice((b"null", b"[NaN]", b'{"count":Infinity}'))
    return LineFault("null or NaN", change=body_changed(lambda _: body))


def _giant(raw: bytes) -> bytes:
    first, headers, _ = parted(raw)
    headers.pop("Content-Encoding", None)
    return joined(first, headers, _fifty_megabytes())


@cache
def _fifty_megabytes() -> bytes:
    return b'[{"text":"' + b"a" * 51_000_000 + b'"}]'


def _portal_elsewhere(rng: random.Random) -> LineFault:
    if rng.random() < 0.5:
        return answered("portal 511", 511, PORTAL, "text/html")
    return answered("portal 302", 302, Location=f"http://127.0.0.1:{ELSEWHERE}/hotel")


def _not_allowed(rng: random.Random) -> LineFault:
    status = rng.choice((403, 404, 410))
    return answered(f"status {status}", status)


def _server_fault(rng: random.Random) -> LineFault:
    status = rng.choice((500, 502, 503, 504))
    if rng.random() < 0.5:
        return answered(f"status {status}", status, PORTAL, "text/html")

    def change(raw: bytes) -> bytes:
        return joined(f"HTTP/1.1 {status} Answer", {"Content-Type": "text/html"}, PORTAL)

    return LineFault(f"status {status} after it was done", change=change)


def _busy(rng: random.Random) -> LineFault:
    if rng.random() < 0.3:
        return answered("busy", 429)
    return answered("busy for a while", 429, Retry_After=str(rng.choice((1, 17, 90))))


def _said_before(raw: bytes, earlier: Sequence[bytes]) -> bytes:
    return earlier[-1] if earlier else raw


def _said_first(raw: bytes, earlier: Sequence[bytes]) -> bytes:
    return earlier[0] if earlier else raw


def _smaller(asked: Asked) -> Asked:
    """A server that gives smaller pages than it was asked for, from now on in the middle of a walk."""
    sizes = {name: "3" for name in ("per_page", "limit", "count", "ps", "$top", "page[limit]") if name in asked.query}
    pairs = tuple((name, sizes.get(name, value)) for name, value in asked.pairs)
    return replace(asked, query={**asked.query, **sizes}, pairs=pairs)


def _cursor_expired(rng: random.Random) -> LineFault:
    status, body = rng.choice((410, 400, 404)), b'{"error":{"code":"syncStateNotFound"}}'

    def retell(raw: bytes, earlier: Sequence[bytes]) -> bytes:
        kind = {"Content-Type": "application/json"}
        return joined(f"HTTP/1.1 {status} Answer", kind, body) if earlier else raw  # the first of a walk stands nowhere

    return LineFault("cursor expired", retell=retell)


def _certificate(rng: random.Random) -> LineFault:
    code = rng.choice(sorted(CERTIFICATES))
    return LineFault(f"certificate {CERTIFICATES[code]}", refuse=code)


# Moves


def _somewhere(scene: Scene, rng: random.Random) -> int:
    return rng.choice(sorted(scene.world.groups))


def _said_late(scene: Scene, rng: random.Random) -> None:
    """Said now, shown later: it comes to light behind what was read meanwhile."""
    for number in range(rng.randint(1, 3)):
        said = scene.world.say(_somewhere(scene, rng), 2, f"Shown late {number} {rng.random()}", subject="Late")
        said.shown_from = scene.world.now + timedelta(seconds=rng.choice((5, 40, 90)))


def _burst(scene: Scene, rng: random.Random) -> None:
    """Topics and answers of one stamp: now, or that of the newest message, where it is as good as now."""
    world, group = scene.world, _somewhere(scene, rng)
    newest = max(said.at for said in world.shown(group) if said.at <= world.now)
    at = newest if world.now - newest < timedelta(minutes=5) else world.now
    for number in range(rng.randint(5, 30)):
        world.say(group, 3, f"Burst {number} {rng.random()}", subject=f"Burst {number}", at=at)


def _standing(scene: Scene) -> list[int]:
    return [said.id for said in scene.world.shown() if said.author != scene.world.me]


def _edited_in_silence(scene: Scene, rng: random.Random) -> None:
    said = scene.world.said[rng.choice(_standing(scene))]
    said.text, said.version = f"Edited {rng.random()}", said.version + 1


def _removed_in_silence(scene: Scene, rng: random.Random) -> None:
    answers = [number for number in _standing(scene) if scene.world.said[number].parent is not None]
    if answers:
        scene.world.said[rng.choice(answers)].removed_at = scene.world.now - timedelta(days=365)


def _clock_jumped(scene: Scene, rng: random.Random) -> None:
    scene.clock.jump(timedelta(seconds=rng.choice((-30 * 86_400, 2 * 86_400, 3_600, -3_600, 12 * 365 * 86_400))))


def _from_the_future(scene: Scene, rng: random.Random) -> None:
    group = _somewhere(scene, rng)
    scene.world.say(
        group, 4, f"Dated wrongly {rng.random()}", subject="Wrong date", at=scene.world.now + timedelta(days=400)
    )


def _asleep(rng: random.Random) -> LineFault:
    return LineFault("freeze and wake", freeze=True, sleep=rng.choice((90.0, 3_600.0)))


def _at_byte(rng: random.Random) -> LineFault:
    return LineFault("cut at a byte", cut_after=rng.randint(0, 3_000))


def _line(**what: Any) -> Callable[[random.Random], LineFault]:
    return lambda rng: LineFault(what["name"], **{name: value for name, value in what.items() if name != "name"})


FAULTS: Final[tuple[Fault, ...]] = (
    Fault(1, "latency", Group.LINE, _line(name="latency", seconds=20.0)),
    Fault(2, "two hundred bytes a second", Group.LINE, _line(name="slow", per_second=200.0)),
    Fault(3, "cut at a byte", Group.LINE, _at_byte),
    Fault(4, "reset", Group.LINE, _line(name="reset", lose="request")),
    Fault(5, "name not found", Group.LINE, _line(name="no such name", refuse="dns")),
    Fault(6, "answer lost after acceptance", Group.LINE, _line(name="answer lost", lose="answer")),
    Fault(7, "freeze and wake", Group.LINE, _asleep),
    Fault(8, "network changed in the middle", Group.LINE, _line(name="other network", cut_after=90, sleep=70.0)),
    Fault(9, "truncated gzip", Group.BYTES, _line(name="truncated gzip", change=packed_changed(lambda raw: raw[:-8]))),
    Fault(10, "wrong checksum", Group.BYTES, _line(name="wrong checksum", change=packed_changed(_with_wrong_checksum))),
    Fault(11, "wrong length", Group.BYTES, _wrong_length),
    Fault(12, "cut chunk", Group.BYTES, _cut_chunk),
    Fault(13, "gzip bomb", Group.BYTES, _line(name="bomb", change=packed_changed(_bomb))),
    Fault(14, "bad UTF-8", Group.BYTES, _line(name="bad UTF-8", change=body_changed(_bad_text))),
    Fault(15, "a NUL", Group.BYTES, _line(name="NUL", change=body_changed(lambda body: body[:-1] + b"\0" + body[-1:]))),
    Fault(16, "deep JSON", Group.BYTES, _line(name="deep JSON", change=body_changed(_deep))),
    Fault(17, "null and NaN", Group.BYTES, _null_or_nan),
    Fault(18, "giant item", Group.BYTES, _line(name="giant item", change=_giant)),
    Fault(19, "portal page as 200", Group.MEANING, lambda rng: answered("portal", 200, PORTAL, "text/html")),
    Fault(20, "portal 302 or 511", Group.MEANING, _portal_elsewhere),
    Fault(21, "HTML labelled JSON", Group.MEANING, lambda rng: answered("HTML as JSON", 200, PORTAL)),
    Fault(22, "empty list", Group.MEANING, _line(name="empty list", change=json_changed(_emptied)), lies=True),
    Fault(23, "403, 404, 410", Group.MEANING, _not_allowed, lies=True),
    Fault(24, "429 storm", Group.MEANING, _busy),
    Fault(25, "5xx", Group.MEANING, _server_fault),
    Fault(
        26,
        "redirect to another host",
        Group.MEANING,
        lambda rng: answered("sent elsewhere", 307, Location=f"http://127.0.0.1:{ELSEWHERE}/api"),
    ),
    Fault(27, "duplicate page", Group.PAGING, _line(name="said before", retell=_said_before), lies=True),
    Fault(28, "reordered page", Group.PAGING, _line(name="reordered", change=json_changed(_reordered)), lies=True),
    Fault(29, "changed page size", Group.PAGING, _line(name="smaller page", alters=_smaller)),
    Fault(30, "cursor loop", Group.PAGING, _line(name="said first", retell=_said_first), lies=True),
    Fault(31, "cursor expired", Group.PAGING, _cursor_expired, lies=True),
    Fault(32, "item visible late", Group.PAGING, move=_said_late),
    Fault(33, "burst in one second", Group.PAGING, move=_burst),
    Fault(34, "edit without new stamp", Group.PAGING, move=_edited_in_silence),
    Fault(35, "silent delete", Group.PAGING, move=_removed_in_silence),
    Fault(36, "bad certificate", Group.TRUST, _certificate),
    Fault(37, "token revoked", Group.TRUST, move=lambda scene, rng: scene.keys.revoke()),
    Fault(38, "two refreshes at once", Group.TRUST, move=lambda scene, rng: scene.keys.renew_beside()),
    Fault(39, "clock jump", Group.TRUST, move=_clock_jumped),
    Fault(40, "future dates", Group.TRUST, move=_from_the_future),
)


def fault(number: int) -> Fault:
    """One of the forty by its number."""
    return FAULTS[number - 1]
