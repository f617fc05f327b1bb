"""The key with which this installation signs its packages: made once, kept in the data folder, never handed out."""

import hashlib

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from tongket.core.problems import Problem, Refused
from tongket.secret import read_or_make

KEY_FILE = "package-key.pem"


def signing_key() -> Ed25519PrivateKey:
    """The installation's own key, made on the first call. Raises `Refused` when the file holds no such key."""
    path = settings.DATA_DIR / KEY_FILE
    try:
        key = load_pem_private_key(read_or_make(path, _new_key), password=None)
    except ValueError as wrong:
        raise _spoilt() from wrong
    if not isinstance(key, Ed25519PrivateKey):
        raise _spoilt()
    return key


def _spoilt() -> Refused:
    message = (
        f"Tệp khóa ký gói báo cáo ({KEY_FILE} trong thư mục dữ liệu) đã hỏng. Người quản trị chép lại tệp này từ bản "
        "cất giữ, hoặc bỏ tệp đi để hệ thống tạo khóa mới."
    )
    return Refused([Problem("key", message)])


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """The public half, as OpenSSL reads it."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(public: bytes) -> str:
    """SHA-256 over the DER form of a public key (PEM), in groups of four digits. Raises ValueError for no such key."""
    digest = hashlib.sha256(
        _public(public).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def own_fingerprint() -> str:
    """The fingerprint of this installation's key."""
    return fingerprint(public_pem(signing_key()))


def existing_fingerprint() -> str:
    """The same, but "" where no key has been made yet: asking makes none."""
    return own_fingerprint() if (settings.DATA_DIR / KEY_FILE).exists() else ""


def is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    """Whether `signature` over `message` is by the key. Raises ValueError for what is no Ed25519 key."""
    try:
        _public(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except UnsupportedAlgorithm as wrong:
        raise ValueError("not an Ed25519 key") from wrong
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 key")
    return key
