"""The certificates of EAP-TTLS and PEAP: an authority of our own, and the server's certificate from it."""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAME = "radius.onehall.internal"
_AUTHORITY_FOR, _SERVER_FOR, _RENEW_BEFORE = timedelta(days=7300), timedelta(days=730), timedelta(days=60)
_SINCE = timedelta(days=1)  # a customer's device whose clock is a little behind believes it too


def ensure(folder: Path, *, at: datetime) -> dict[str, str]:
    """Text of ca.pem, server.pem and server.key by name. Kept in `folder`: customers' devices trust this authority, so it is
    made once; the server's own certificate is renewed long before it ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (folder / "ca.key").exists() or not (folder / "ca.pem").exists():
        key, certificate = _authority(at)
        _keep(folder / "ca.key", _pem(key))
        _keep(folder / "ca.pem", certificate.public_bytes(serialization.Encoding.PEM).decode())
    if not _good(folder, at):
        key, certificate = _server(folder, at)
        _keep(folder / "server.key", _pem(key))
        _keep(folder / "server.pem", certificate.public_bytes(serialization.Encoding.PEM).decode())
    return {name: (folder / name).read_text() for name in ("ca.pem", "server.pem", "server.key")}


def _good(folder: Path, at: datetime) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate((folder / "server.pem").read_bytes())
        authority = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
        certificate.verify_directly_issued_by(authority)
    except (OSError, ValueError, TypeError):
        return False
    return (folder / "server.key").exists() and certificate.not_valid_after_utc > at + _RENEW_BEFORE


def _authority(at: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "OneHall RADIUS authority")])
    signs = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    certificate = (
        _begun(name, name, key.public_key(), at, _AUTHORITY_FOR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(signs, critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def _server(folder: Path, at: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    signer = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is of another kind")
    authority = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    certificate = (
        _begun(name, authority.subject, key.public_key(), at, _SERVER_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    return key, certificate


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, length: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _SINCE)
        .not_valid_after(at + length)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()


def _keep(file: Path, text: str) -> None:
    """For the owner's eyes only, from its first byte on, whole or not at all."""
    draft = file.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(file)
