"""Canonical addresses: one spelling for the page that a link leads to.

A story travels under many addresses: with tracking parameters, as an AMP or
mobile page, through an aggregator's redirect, with and without `www.`, slash
and `s`. What is left after `canonical` is compared, never shown or fetched.
"""

import base64
import binascii
import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING: Final = re.compile(
    r"utm_\w*|at_\w+|ns_\w+|mc_[ce]id|_openstat|[fgymd]bclid|g?clid|dclid|yclid|ymclid|fbclid|gclsrc|igshid|igsh|twclid|msclkid"
    r"|wt_z?mc\w*|cmpid|cmp|ncid|ocid|cid_source|s_cid|icid|ito|xtor|spm|srnd|mkt_tok|guccounter|guce_\w+"
    r"|__twitter_impression|traffic_source|taid|rss|amp|_amp|outputtype|share|sharetype|smid|smtyp|partner"
    r"|phpsessid|jsessionid|sid|sessionid|maca|zarsrc|rcmd_\w+|pk_\w+|mtm_\w+|hss_channel|_hsenc|_hsmi",
    re.IGNORECASE,
)
_ORIGIN: Final = {"from", "source", "src", "ref", "referrer", "feed", "feedname", "via", "output"}
_ORIGINS: Final = re.compile(
    r"rss\w*|feeds?|amp|atom|twitter|facebook|telegram|tg|social|newsletter|email", re.IGNORECASE
)
# Nothing to be mended: a host, a path, a query.
_PLAIN: Final = re.compile(
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_.~-]+)*/?)(?:\?([A-Za-z0-9_.~=&-]+))?"
)
_PLAIN_HOST: Final = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?:/|$)")
_MOBILE: Final = re.compile(r"^(?:www\d?|m|mobile|amp|wap|lite)\.(?=[^.]+\.[^.])")
_AMP_PATH: Final = re.compile(r"(?:/amp|\.amp)(?=/?$|\.html?$)|^/amp(?=/.)", re.IGNORECASE)
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_SAFE: Final = "/:@!$&'()*+,;=~-._"
_PLAIN_PATH: Final = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~\-._]*")  # what quoting leaves as it is
_SLASHES: Final = re.compile(r"//+")
_FRAGMENT: Final = re.compile(
    r"(?:xtor|rss|ref|utm|at_|comment|respond|disqus|cmp|:~:|top$|\d{0,2}$)", re.IGNORECASE
)
_INNER: Final = re.compile(rb"https?://[\x21-\x7e]+")
_REDIRECTS: Final = {  # host and path of a redirect, and the parameter that holds the address
    ("google.com", "/url"): ("url", "q"),
    ("bing.com", "/news/apiclick.aspx"): ("url",),
    ("l.facebook.com", "/l.php"): ("u",),
    ("facebook.com", "/l.php"): ("u",),
    ("vk.com", "/away.php"): ("to",),
    ("t.me", "/iv"): ("url",),
}
_WRAPPERS: Final = re.compile(
    "|".join(re.escape(host) for host in (*sorted({host for host, _ in _REDIRECTS}), "cdn.ampproject.org")),
    re.IGNORECASE,
)
_DEPTH: Final = 3  # wrappings that are taken off


@lru_cache(maxsize=1024)  # an entry's address is asked for several times while its document is taken in
def canonical(url: str) -> str:
    """The one spelling of an address, without scheme; "" for what is no web address.

    >>> canonical("http://www.Example.org/a//b/?utm_source=x&id=7#comments")
    'example.org/a/b?id=7'
    >>> canonical("https://m.example.org/a/b/amp/?id=7") == canonical("https://example.org/a/b?id=7")
    True
    >>> canonical("mailto:a@example.org")
    ''
    """
    url = unwrapped(url)
    if plain := _PLAIN.fullmatch(url):
        return _MOBILE.sub("", plain[1]) + _page(plain[2]) + _telling(plain[3] or "")
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    host = _MOBILE.sub("", _readable(host))
    authority = host if port in {None, 80, 443} else f"{host}:{port}"
    path = parts.path if _PLAIN_PATH.fullmatch(parts.path) else quote(unquote(parts.path), safe=_SAFE)
    fragment = "" if _FRAGMENT.match(parts.fragment) else f"#{parts.fragment}"
    return authority + _page(_SLASHES.sub("/", path)) + _telling(parts.query) + fragment


def unwrapped(url: str) -> str:
    """The address inside an aggregator's or a cache's, as far as it can be known without asking.

    >>> unwrapped("https://www.google.com/url?rct=j&url=https://example.org/a&ct=ga")
    'https://example.org/a'
    >>> unwrapped("https://www.google.com/amp/s/example.org/a")
    'https://example.org/a'
    """
    for _ in range(_DEPTH):
        inner = _inside(url.strip()) if _WRAPPERS.search(url) else ""  # nearly all of them wrap none
        if not inner:
            break
        url = inner
    return url.strip()


def host_of(url: str) -> str:
    """The outlet's host as people know it: without `www.` and `m.`; "" for what is no web address.

    >>> host_of("https://www.gazeta.uz/ru/2026/02/01/lithium/")
    'gazeta.uz'
    """
    url = unwrapped(url)
    if plain := _PLAIN_HOST.match(url):
        return _MOBILE.sub("", plain[1])
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _MOBILE.sub("", _readable(host.rstrip(".")))


def _page(path: str) -> str:
    """A path without what makes it no other page."""
    return _INDEX.sub("", _AMP_PATH.sub("", path)).rstrip("/")


def _telling(query: str) -> str:
    """A query without what does not say what is read, in one order."""
    if not query:
        return ""
    kept = sorted([pair for pair in parse_qsl(query, keep_blank_values=True) if not _tracks(*pair)])
    return f"?{urlencode(kept)}" if kept else ""


def _inside(url: str) -> str:
    """The address that `url` wraps, or ""."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    for name in _REDIRECTS.get((host, parts.path.rstrip("/")), ()):
        for key, value in parse_qsl(parts.query):
            if key == name and value.startswith(("http://", "https://")):
                return value
    if host == "google.com" and parts.path.startswith("/amp/"):
        return _bare(parts.path.removeprefix("/amp/"))
    if host.endswith(".cdn.ampproject.org") and parts.path[:3] in {"/c/", "/v/"}:
        return _bare(parts.path[3:])
    if host == "news.google.com" and "/articles/" in parts.path:
        return _google_news(parts.path.rpartition("/articles/")[2])
    return ""


def _bare(path: str) -> str:
    """`s/host/path`, as AMP caches write an https address."""
    return f"https://{path.removeprefix('s/')}" if path else ""


def _google_news(token: str) -> str:
    """The address in a Google News token of the older kind; "" for the newer, which only Google can read."""
    try:
        decoded = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return ""
    found = _INNER.search(decoded)
    if found is None:
        return ""
    # A length byte of 0x21 or more may follow the address; the token says how long the address is.
    start = found.start()
    length = decoded[start - 1] if start else 0
    if length >= 0x80 and start > 1:
        length = 0
    if start > 1 and decoded[start - 2] >= 0x80:
        length = (decoded[start - 2] & 0x7F) | decoded[start - 1] << 7
    whole = decoded[start : start + length] if length else found.group()
    return whole.decode("ascii", "ignore")


def _tracks(name: str, value: str) -> bool:
    """Whether a parameter says where a reader came from and not what is read."""
    return bool(_TRACKING.fullmatch(name)) or (name.lower() in _ORIGIN and bool(_ORIGINS.fullmatch(value)))


def _readable(host: str) -> str:
    """A host in its own letters, however it was spelled."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()
