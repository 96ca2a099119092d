# The unit table against UDUNITS-2, which prints six digits. It calls some units otherwise (its nmi is a nano-mile).
set -u
command -v udunits2 >/dev/null || { echo "skip: udunits2 (package udunits-bin) is not installed"; exit 77; }
program="$COSMO_BUILD/tests/test_core_units"
compared=0 worst=0 failed=0
spell() { # our spelling -> UDUNITS spelling
  sed -E 's/(^| )nmi$/ nautical_mile/; s/(^| )kn$/ knot/; s/(^| )g0$/ standard_free_fall/; s/(^| )tf$/ 1000 kgf/; s/(^| )lb/ pound/
          s/poundf$/pound_force/; s/(^| )psf\.deg$/ pound_force\/ft2.degree/; s/(^| )psf$/ pound_force\/ft2/; s/deg(\/s)?$/degree\1/; s/rad$/radian/; s/rad\/s/radian\/s/
          s/(^| )mradian$/ milliradian/; s/5%/5 %/; s/([0-9]) 1000 /\1 1000./' <<<"$1"
}
while IFS='|' read -r text si value; do
  theirs=$(udunits2 -H "$(spell "$text")" -W "$si" 2>&1 </dev/null | sed -nE 's/^ .* = (-?[0-9.e+-]+) .*$/\1/p' | head -n 1)
  [ -n "$theirs" ] || { echo "  $text: not known to udunits2"; continue; }
  compared=$((compared + 1))
  error=$(awk -v a="$value" -v b="$theirs" 'BEGIN { s = b < 0 ? -b : b; d = a - b; if (d < 0) d = -d; print (s > 1e-9 ? d / s : d) }')
  worst=$(awk -v a="$worst" -v b="$error" 'BEGIN { print (a + 0 > b + 0 ? a : b) }')
  awk -v e="$error" 'BEGIN { exit !(e > 6e-6) }' && { echo "FAILED: $text is $value $si here and $theirs there"; failed=1; }
done < <("$program" --print)
echo "  $compared units compared with UDUNITS-2, worst difference $worst (bound 6e-6: six digits are printed)"
[ "$compared" -ge 60 ] || { echo "FAILED: only $compared units were compared"; failed=1; }
exit $failed
