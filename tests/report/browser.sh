#!/usr/bin/env bash
# The made-up pages in a real browser: no words collide or leave their drawing, nothing overflows on a phone, the
# script's controls work, and the page prints on A4.
set -euo pipefail
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$chromium" ] || { echo "skip: chromium is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
browse() {
  timeout 120 "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --user-data-dir="$folder/profile" \
    "$@" 2>"$folder/browser.log"
}
export CK_FORK=no COSMO_PAGE_FOLDER=$folder
"${COSMO_BUILD:-build}/tests/test_report_report" >"$folder/log" || { cat "$folder/log"; exit 1; }
printf '<script>document.title="started"</script>' >"$folder/try.htm"
browse --dump-dom "file://$folder/try.htm" | grep -q started || { echo "skip: chromium does not start here"; exit 77; }

# Every page three times in one window, in frames, for a window of its own cannot be as narrow as a phone: on a screen,
# on a phone, and as A4 paper shows it (the print rules made common, 186 mm wide).
status=0 frames=0
cat >"$folder/frames.htm" <<'HEAD'
<!DOCTYPE html><body><pre id="faults">
</pre>
<script>onmessage = (event) => { document.getElementById('faults').textContent += event.data + '\n'; };</script>
HEAD
for page in "$folder"/*.html; do
  name=$(basename "$page" .html)
  {
    sed 's|</body>||; s|</html>||' "$page"
    printf '<script>\n'
    cat tests/report/browser.js
    printf '</script></body></html>\n'
  } >"$folder/$name.htm"
  for width in 1600 400; do
    printf '<iframe width="%s" height="900" style="border:0" src="%s.htm"></iframe>\n' $width "$name"
    frames=$((frames + 1))
  done >>"$folder/frames.htm"
  sed 's/@media print/@media all/; s/@media screen/@media not all/' "$folder/$name.htm" >"$folder/$name-paper.htm"
  printf '<iframe width="703" height="900" src="%s-paper.htm"></iframe>\n' "$name" >>"$folder/frames.htm"
  frames=$((frames + 1))
done
browse --window-size=1700,1000 --virtual-time-budget=20000 --dump-dom "file://$folder/frames.htm" >"$folder/dom" || true
pre='/<pre id="faults">/,/<\/pre>/p'
sed -n "$pre" "$folder/dom" | sed 's/<[^>]*>//g' | grep '[a-z]' | sort >"$folder/found" || true
sed 's/^/  /' "$folder/found"
clean=$(grep -c ', 0 faults' "$folder/found" || true)
[ "$clean" = "$frames" ] || { echo "  only $clean of $frames pages are without fault"; status=1; }

if command -v pdfinfo >/dev/null; then
  browse --no-pdf-header-footer --print-to-pdf="$folder/page.pdf" "file://$folder/baikonur.html" >/dev/null
  pdfinfo "$folder/page.pdf" | grep -E '^(Pages|Page size)' | sed 's/^/  /'
  pdfinfo "$folder/page.pdf" | grep -q '^Page size:.*A4' || { echo "  the page does not print on A4"; status=1; }
  pdftotext "$folder/page.pdf" - | grep -q 'Sources and credits' || { echo "  the sources are not on paper"; status=1; }
fi
exit $status
