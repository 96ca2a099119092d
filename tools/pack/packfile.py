"""The container of the packs; src/earth/pack.h describes it, src/earth/pack.c reads it."""
import struct
import zlib


def varint(value, out):
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def signed(value, out):
    varint(value << 1 if value >= 0 else (-value << 1) - 1, out)


def write(path, kind, sections):
    """`sections`: list of (name, bytes)."""
    table, payload = b"", b""
    for name, raw in sections:
        deflate = zlib.compressobj(9, zlib.DEFLATED, 15, 9)
        packed = deflate.compress(bytes(raw)) + deflate.flush()
        table += struct.pack("<12sII", name.encode(), len(raw), len(packed))
        payload += packed
    with open(path, "wb") as file:
        file.write(struct.pack("<8s8sII", b"COSMOPAK", kind.encode(), 1, len(sections)) + table + payload)


def read(path):
    """kind, {name: bytes}: used to compare two packs by content."""
    with open(path, "rb") as file:
        data = file.read()
    magic, kind, version, count = struct.unpack_from("<8s8sII", data)
    if magic != b"COSMOPAK" or version != 1:
        raise ValueError(f"{path} is not a pack")
    at, sections = 24 + 20 * count, {}
    for i in range(count):
        name, _, packed = struct.unpack_from("<12sII", data, 24 + 20 * i)
        sections[name.rstrip(b"\0").decode()] = zlib.decompress(data[at:at + packed])
        at += packed
    return kind.rstrip(b"\0").decode(), sections
