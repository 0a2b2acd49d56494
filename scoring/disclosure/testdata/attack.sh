#!/bin/sh
# Attacks rounds 0 to $2 with the test program in folder $1, a hundred at a time. What is done stays in $1 as FROM.txt.
dir=$1
from=0
while [ "$from" -lt "$2" ]; do
  if [ ! -e "$dir/$from.txt" ]; then
    RUBRIC_FROM=$from RUBRIC_ATTACK=100 "$dir/disclosure.test" -test.run '^TestNothingIsGivenAway$' -test.v -test.timeout 24h > "$dir/$from.part" 2>&1
    mv "$dir/$from.part" "$dir/$from.txt"
    grep -h '^seed' "$dir/$from.txt"
  fi
  from=$((from + 100))
done
cat "$dir"/[0-9]*.txt | awk '/rounds [0-9]+ to [0-9]+ attacked/ { n += 100
  for (i = 1; i < NF; i++) { if ($i == "of" && $(i+1) == "them") several += $(i-1); if ($(i+1) == "give") leaks += $i; if ($(i+1) == "medians") medians += $i } }
  END { print n " rounds attacked, " several " of them in several editions; " leaks " give something away; " medians " medians were shown"; exit leaks > 0 }'
