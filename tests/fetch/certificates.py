"""An authority of the tests' own, and the certificates it gives or does not."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.fetch.tls import trusted

NOW = datetime.now(UTC)
Issued = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def issue(name: str, by: Issued | None = None, *, days: int = 9, address: str = "127.0.0.1") -> Issued:
    """A certificate for an address or a name, by an authority or by itself.

    It says all that RFC 5280 asks for: from 3.13 on, Python takes no less.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = (by[1] if by else key).public_key()
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by[0].subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(_usage(signs=by is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
        .add_extension(x509.SubjectAlternativeName([_named(address)]), critical=False)
        .sign(by[1] if by else key, hashes.SHA256())
    )
    return made, key


def _named(address: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(address))
    except ValueError:
        return x509.DNSName(address)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def server_context(issued: Issued, folder: Path) -> ssl.SSLContext:
    """What a server presents itself with."""
    path = folder / "server.pem"
    path.write_bytes(
        issued[1].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + issued[0].public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


AUTHORITY = issue("authority")


def trusting() -> ssl.SSLContext:
    """What trusts this authority beside the machine's."""
    tls = trusted()
    tls.load_verify_locations(cadata=AUTHORITY[0].public_bytes(serialization.Encoding.DER))
    return tls
