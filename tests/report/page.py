"""Reads a report strictly: balanced elements, unique ids, nothing fetched from elsewhere, and no words of a drawing
outside its frame or on each other, by a rough width of each letter. Usage: page.py FILE..."""
import re
import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "input", "hr", "img"}
NARROW = set("ijlIft.,:;|!'()[] ")
WIDE = set("mwMW@%")


def width(text, size, bold):
    ems = sum(
        0.3 if c in NARROW else 0.85 if c in WIDE else 0.6 if c.isupper() or c.isdigit() else 0.53 for c in text
    )
    return ems * size * (1.05 if bold else 1)


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.stack, self.ids, self.faults, self.drawings, self.text = [], set(), [], [], None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if "id" in a:
            if a["id"] in self.ids:
                self.faults.append(f"id {a['id']} twice")
            self.ids.add(a["id"])
        for key in ("src", "href", "style"):
            if key in a and not a[key].startswith("#"):
                self.faults.append(f"{key}={a[key]}")
        if tag == "svg":
            self.drawings.append((a, []))
        if tag == "text":
            self.text = [a, ""]
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data):
        if self.text is not None:
            self.text[1] += data

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.stack[-1:] or 'nothing'} at line {self.getpos()[0]}")
            return
        self.stack.pop()
        if tag == "text":
            self.drawings[-1][1].append(self.text)
            self.text = None


def boxes(texts):
    for a, text in texts:
        classes = a.get("class", "").split()
        size = 10 if {"edge", "mark-name"} & set(classes) else 11
        w = width(text.upper() if "country" in classes else text, size, "title" in classes or "unit" in classes)
        if "country" in classes:
            w += 2.2 * len(text)
        x, y = float(a["x"]), float(a["y"])
        left = x - {"middle": w / 2, "end": w}.get(a.get("text-anchor"), 0)
        yield text, left, y - 0.72 * size, left + w, y + 0.16 * size


def check(path):
    page = Page()
    with open(path, encoding="utf-8") as file:
        source = file.read()
    page.feed(source)
    page.close()
    faults = page.faults + [f"<{tag}> is not closed" for tag in page.stack]
    elsewhere = r"url\((?!#)[^)]*\)|@import|https?://(?!www\.w3\.org/)[^\s\"'<]*"
    faults += [f"fetches {m}" for m in re.findall(elsewhere, source.split("<script")[0])]
    words = 0
    for a, texts in page.drawings:
        _, _, w, h = map(float, a["viewbox"].split())
        placed = list(boxes(texts))
        words += len(placed)
        for i, (text, left, top, right, bottom) in enumerate(placed):
            if left < -0.5 or right > w + 0.5 or top < -0.5 or bottom > h + 0.5:
                faults.append(f"{a.get('class')}: '{text}' leaves the frame")
            for other, l2, t2, r2, b2 in placed[:i]:
                if left < r2 and l2 < right and top < b2 and t2 < bottom:
                    faults.append(f"{a.get('class')}: '{text}' on '{other}'")
    name = path.rsplit("/", 1)[-1]
    print(f"  {name}: {len(source)} bytes, {len(page.drawings)} drawings, {words} texts in them, {len(faults)} faults")
    for fault in faults[:20]:
        print(f"    {fault}")
    return not faults


sys.exit(0 if all([check(path) for path in sys.argv[1:]]) else 1)
