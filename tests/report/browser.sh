#!/usr/bin/env bash
# The made-up pages in a real browser: no words collide or leave their drawing, nothing overflows on a phone, the script's
# controls work, and the page prints on A4.
set -euo pipefail
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$chromium" ] || { echo "skip: chromium is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
browse() {
  timeout 120 "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$folder/profile" "$@" 2>"$folder/browser.log"
}
CK_FORK=no COSMO_PAGE_FOLDER=$folder "${COSMO_BUILD:-build}/tests/test_report_report" >"$folder/log" || { cat "$folder/log"; exit 1; }
printf '<script>document.title="started"</script>' >"$folder/try.htm"
browse --dump-dom "file://$folder/try.htm" | grep -q started || { echo "skip: chromium does not start here"; exit 77; }

status=0
for page in "$folder"/*.html; do
  name=$(basename "$page" .html)
  { sed 's|</body>||; s|</html>||' "$page"; printf '<script>\n'; cat tests/report/browser.js; printf '</script></body></html>\n'; } >"$folder/$name.htm"
  for width in 1600 400; do # in a frame: a window of its own cannot be as narrow as a phone
    cat >"$folder/frame.htm" <<FRAME
<!DOCTYPE html><body><pre id="faults"></pre><iframe width="$width" height="900" style="border:0" src="$name.htm"></iframe>
<script>onmessage = (event) => { document.getElementById('faults').textContent = event.data; };</script></body>
FRAME
    browse --window-size=1700,1000 --virtual-time-budget=4000 --dump-dom "file://$folder/frame.htm" >"$folder/dom" || true
    found=$(sed -n '/<pre id="faults">/,/<\/pre>/p' "$folder/dom" | sed 's|.*<pre id="faults">||; s|</pre>.*||; /^<iframe/d')
    echo "  $name at $found"
    grep -q ', 0 faults' <<<"$found" || status=1
  done
done

if command -v pdfinfo >/dev/null; then
  browse --no-pdf-header-footer --print-to-pdf="$folder/page.pdf" "file://$folder/baikonur.html" >/dev/null
  pdfinfo "$folder/page.pdf" | grep -E '^(Pages|Page size)' | sed 's/^/  /'
  pdfinfo "$folder/page.pdf" | grep -q '^Page size:.*A4' || { echo "  the page does not print on A4"; status=1; }
  pdftotext "$folder/page.pdf" - | grep -q 'Sources and credits' || { echo "  the sources are not on paper"; status=1; }
fi
exit $status
