"""A signer that renews its word, and one write."""

from collections.abc import Mapping

from workbench.sync.api_client import ApiClient
from workbench.sync.gate import Expect


class Tokens:
    """A signer with several tokens, the next one after each renewal (or each time); notes what was refused."""

    def __init__(self, *tokens: str, every_time: bool = False) -> None:
        self._tokens, self._every_time = list(tokens), every_time
        self.refused: list[str] = []

    def headers(self) -> Mapping[str, str]:
        return {"Authorization": self._tokens.pop(0) if self._every_time else self._tokens[0]}

    def renew(self, refused: Mapping[str, str]) -> bool:
        self.refused.append(refused["Authorization"])
        if len(self._tokens) < 2:
            return False
        self._tokens.pop(0)
        return True


def post(client: ApiClient, expect: Expect = Expect.JSON, **options) -> bytes:
    return client.send("POST", "posts", {}, json={"raw": "Hello"}, expect=expect, **options).body
