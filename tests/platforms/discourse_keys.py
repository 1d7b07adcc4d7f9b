"""How a Discourse forum gives keys to its members, by browser or by a code, and takes them back; how it refuses."""

import base64
import json
import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.platforms.server import Asked, Told, told

KEY = "key-of-a-member"
USER_CODE = "ABCD-2345"


@dataclass(slots=True)
class _Device:
    public_key: str
    nonce: str
    padding: str
    status: str = "authorization_pending"


def refused(status: int, kind: str) -> Told:
    """An error of Discourse, whose words are in the reader's language."""
    return told({"errors": ["Words for people"], "error_type": kind}, status=status)


def busy(form: str) -> Told:
    """One of the forms in which a forum, or what stands before it, says that this was too often."""
    if form == "ip":
        headers = {"Retry-After": "7", "Discourse-Rate-Limit-Error-Code": "ip_10_secs_limit"}
        return Told(429, b"Slow down, too many requests from this IP address.", "text/plain", headers)
    if form == "nginx":
        return Told(429, b"<html><h1>429 Too Many Requests</h1></html>", "text/html")
    if form == "search":
        return told({"failed": "FAILED", "message": "Try again"}, status=429)
    body = {
        "errors": ["Too often"],
        "error_type": "rate_limit",
        "extras": {"wait_seconds": 17, "time_left": "17 seconds"},
    }
    if form == "action":
        return told(body, status=429)
    return told(body, status=429, Retry_After="17", Discourse_Rate_Limit_Error_Code="user_api_key_limiter_60_secs")


class KeyDesk:
    """Keys that are good, and devices that wait for a person."""

    def __init__(self) -> None:
        self.keys = {KEY}
        self._devices: dict[str, _Device] = {}

    def approve(self) -> None:
        """A person says yes to every device that waits."""
        for device in self._devices.values():
            device.status = "authorized"

    def probe(self, asked: Asked) -> Told:
        """That members may have keys, also by device code."""
        return Told(200, b"", "text/html", {"Auth-Api-Version": "4", "Auth-Api-Device-Code": "true"})

    def page(self, asked: Asked) -> Told:
        """The page on which a person allows an application; here nobody says no."""
        if "public_key" not in asked.query:
            return self.probe(asked)
        payload = self.payload(asked.query["public_key"], asked.query["nonce"], asked.query.get("padding", "pkcs1"))
        back = asked.query.get("auth_redirect")
        if back is None:
            return Told(200, f"<h1>Allowed</h1><p>Copy this text:</p><pre>{payload}</pre>".encode(), "text/html")
        return Told(302, b"", "text/html", {"Location": f"{back}?{urlencode({'payload': payload})}"})

    def activate(self, asked: Asked) -> Told:
        """The page of the device code: whoever opens it says yes to everything that waits."""
        for device in self._devices.values():
            device.status = "authorized"
        return Told(200, b"<h1>Allowed</h1><p>Go back to your program.</p>", "text/html")

    def begin(self, asked: Asked) -> Told:
        """A device asks for a code."""
        if "json" not in asked.headers.get("content-type", ""):
            return refused(400, "invalid_parameters")
        wanted = asked.json
        code = f"{len(self._devices):064x}"
        self._devices[code] = _Device(wanted["public_key"], wanted["nonce"], wanted.get("padding", "pkcs1"))
        return told(
            {
                "device_code": code,
                "user_code": USER_CODE,
                "verification_uri": f"{_site(asked)}/user-api-key/activate",
                "verification_uri_with_request": f"{_site(asked)}/user-api-key/activate?request=01234567",
                "expires_in": 600,
                "interval": 5,
            }
        )

    def poll(self, asked: Asked) -> Told:
        """Whether a person said yes; the key is told once, and gone."""
        device = self._devices.get(asked.json["device_code"])
        if device is None:
            return told({"status": "expired_token"})
        if device.status != "authorized":
            return told({"status": device.status})
        del self._devices[asked.json["device_code"]]
        return told({"status": "authorized", "payload": self.payload(device.public_key, device.nonce, device.padding)})

    def payload(self, public_key: str, nonce: str, scheme: str = "pkcs1") -> str:
        """A key for whoever holds the other half, as the page shows it for copying."""
        key = f"{KEY}-{uuid.uuid4().hex}"  # never one of an earlier start: signing in again gives the old one back
        self.keys.add(key)
        words = json.dumps({"key": key, "nonce": nonce, "push": False, "api": 4}).encode()
        public = serialization.load_pem_public_key(public_key.encode())
        assert isinstance(public, rsa.RSAPublicKey)
        oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)
        sealed = public.encrypt(words, oaep if scheme == "oaep" else padding.PKCS1v15())
        return base64.encodebytes(sealed).decode()

    def revoke(self, asked: Asked) -> Told:
        """A key is given back."""
        self.keys.discard(asked.headers.get("user-api-key", ""))
        return told({"success": "OK"})


def _site(asked: Asked) -> str:
    """The address the forum was asked under."""
    folder = asked.path.partition("/user-api-key/")[0]
    return f"http://{asked.headers.get('host', 'forum.example.org')}{folder}"
