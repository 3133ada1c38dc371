"""TLS is verified, always."""

import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.errors import FetchError
from bot.fetch.tls import trusted
from bot.fetch.web import Limits, Web
from tests.fetch.server import LOOPBACK, Talk, http, serving

NOW = datetime.now(UTC)
Issued = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def issue(name: str, by: Issued | None = None, *, days: int = 9, address: str = "127.0.0.1") -> Issued:
    """A certificate for an address, by an authority or by itself.

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
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .sign(by[1] if by else key, hashes.SHA256())
    )
    return made, key


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


def web(seconds: float = 5.0) -> Web:
    """The web that trusts the authority of these tests beside the machine's."""
    tls = trusted()
    tls.load_verify_locations(cadata=AUTHORITY[0].public_bytes(serialization.Encoding.DER))
    limits = Limits(deadline=timedelta(seconds=seconds))
    return Web(user_agent="x", private_networks=LOOPBACK, tls=tls, limits=limits)


def test_a_server_with_a_valid_certificate_is_asked(tmp_path: Path) -> None:
    with serving(server_context(issue("good", AUTHORITY), tmp_path)) as server:
        assert web().get(server.page("/feed", http(b"secure"))).body == b"secure"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: issue("itself"), id="self-signed"),
        pytest.param(lambda: issue("expired", AUTHORITY, days=-1), id="expired"),
        pytest.param(lambda: issue("another", AUTHORITY, address="127.0.0.9"), id="another host"),
        pytest.param(lambda: issue("unknown", issue("nobody")), id="unknown authority"),
    ],
)
def test_no_other_certificate_will_do(make: Callable[[], Issued], tmp_path: Path) -> None:
    with serving(server_context(make(), tmp_path)) as server:
        server.page("/feed", http(b"secure"))
        with pytest.raises(FetchError, match="its certificate is not valid"):
            web().get(server.url())
        assert server.asked == []


def test_plain_http_behind_https_is_said() -> None:
    with serving() as server, pytest.raises(FetchError, match="no secure connection"):
        web().get(server.url().replace("http:", "https:"))


@pytest.mark.parametrize("answer", [Talk.hang, lambda talk: talk.drip(http(b"x" * 999), 0.02)])
def test_the_deadline_holds_over_tls(answer: Callable[[Talk], None], tmp_path: Path) -> None:
    with serving(server_context(issue("good", AUTHORITY), tmp_path)) as server:
        server.page("/feed", answer)
        with pytest.raises(FetchError, match=r"took longer than 0\.5 s"):
            web(0.5).get(server.url())


def test_a_handshake_that_never_comes_meets_the_deadline() -> None:
    with (
        socket.create_server(
            ("127.0.0.1", 0)
        ) as silent,  # the kernel takes the connection, and nobody speaks
        pytest.raises(FetchError, match=r"took longer than 0\.3 s"),
    ):
        web(0.3).get(f"https://127.0.0.1:{silent.getsockname()[1]}/")
