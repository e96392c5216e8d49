#!/bin/sh
# kontroller.sh [FOLDER] [root.pem]: a smaller check of an export, for whoever has a POSIX shell and
# openssl but no Node. It checks the checksums, the CMS of every signature over the bytes of its byte
# range, and the timestamps. It does not follow the log and the evidence: kontroller.mjs does.
# Exit code 0: what was checked holds. 1: something does not. 2: it could not be checked.
LC_ALL=C
export LC_ALL
folder=${1:-$(dirname "$0")}
root=$2
cd "$folder" 2>/dev/null && [ -f checksums.sha256 ] || {
  echo "Finner ingen eksport i $folder." >&2
  exit 2
}
command -v openssl >/dev/null || {
  echo 'openssl mangler.' >&2
  exit 2
}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
wrong=0
good() { echo "  ✓ $1"; }
bad() {
  echo "  ✗ $1"
  wrong=$((wrong + 1))
}
hash_of() { openssl dgst "-$1" -r "$2" | cut -d ' ' -f 1; }

# Hexadecimal on stdin to bytes on stdout.
from_hex() {
  awk 'BEGIN { d = "0123456789abcdef" } { t = tolower($0)
    for (i = 1; i < length(t); i += 2)
      printf "\\0%03o", 16 * (index(d, substr(t, i, 1)) - 1) + index(d, substr(t, i + 1, 1)) - 1 }' >"$work/octal"
  printf '%b' "$(cat "$work/octal")"
}

# A timestamp token over the file $2: its own signature, and that its imprint is the hash of that file.
check_token() {
  if [ -n "$root" ]; then
    openssl ts -verify -data "$2" -in "$1" -token_in -CAfile "$root" -untrusted "$work/certificates" >/dev/null 2>&1
    return
  fi
  openssl cms -verify -noverify -inform DER -in "$1" -out "$work/info" >/dev/null 2>&1 || return 1
  info=$(od -An -v -tx1 "$work/info" | tr -d ' \n')
  for algorithm in sha256 sha384 sha512; do
    case $info in *"$(hash_of $algorithm "$2")"*) return 0 ;; esac
  done
  return 1
}

# The timestamp inside a signature (RFC 3161, appendix A), where there is one.
check_signature_time() {
  openssl asn1parse -inform DER -in "$work/cms" 2>/dev/null >"$work/parsed"
  line=$(grep -n 'id-smime-aa-timeStampToken' "$work/parsed" | head -n 1 | cut -d : -f 1)
  [ -n "$line" ] || return 0
  token=$(sed -n "$((line + 2))p" "$work/parsed" | cut -d : -f 1 | tr -d ' ')
  value=$(head -n "$line" "$work/parsed" | grep 'prim: OCTET STRING' | tail -n 1 | cut -d : -f 1 | tr -d ' ')
  openssl asn1parse -inform DER -in "$work/cms" -strparse "$token" -noout -out "$work/token" 2>/dev/null
  openssl asn1parse -inform DER -in "$work/cms" -strparse "$value" -noout -out "$work/value" 2>/dev/null
  certificates "$work/token"
  if check_token "$work/token" "$work/value"; then good "$1: tidsstempelet i signaturen"; else bad "$1: tidsstempelet i signaturen"; fi
}

certificates() {
  openssl pkcs7 -inform DER -in "$1" -print_certs -out "$work/certificates" 2>/dev/null || : >"$work/certificates"
}

echo 'Sjekksummer'
while read -r sum name; do
  case $name in */*) bad "$name" && continue ;; esac
  if [ -f "$name" ] && [ "$(hash_of sha256 "$name")" = "$sum" ]; then good "$name"; else bad "$name"; fi
done <checksums.sha256

for file in *.pdf; do
  [ -f "$file" ] || continue
  echo "$file"
  grep -a -o '/ByteRange *\[ *[0-9]* *[0-9]* *[0-9]* *[0-9]* *\]' "$file" | tr -c '0-9\n' ' ' >"$work/ranges"
  # The package carries signed files as they are; its own signature is the last thing in it.
  if [ "$file" = pakke.pdf ]; then
    tail -n 1 "$work/ranges" >"$work/last"
    mv "$work/last" "$work/ranges"
  fi
  number=0
  while read -r zero from to rest; do
    number=$((number + 1))
    what="signatur $number"
    if [ "$zero" != 0 ] || [ "$from" -ge "$to" ] || [ $((to + rest)) -gt "$(wc -c <"$file")" ]; then
      bad "$what: området"
      continue
    fi
    head -c "$to" "$file" | tail -c $((to - from)) | tr -d '<>\n\r ' | from_hex >"$work/cms"
    { head -c "$from" "$file" && tail -c +$((to + 1)) "$file" | head -c "$rest"; } >"$work/content"
    certificates "$work/cms"
    if openssl cms -verify -noverify -inform DER -in "$work/cms" -out "$work/info" >/dev/null 2>&1; then
      if check_token "$work/cms" "$work/content"; then good "$what: tidsstempel over dokumentet"; else bad "$what: tidsstempel over dokumentet"; fi
      continue
    fi
    trust=-noverify
    [ -z "$root" ] || trust="-purpose any -CAfile $root"
    # shellcheck disable=SC2086 # two words on purpose
    if openssl cms -verify -binary $trust -inform DER -in "$work/cms" -content "$work/content" -out /dev/null >/dev/null 2>"$work/said"; then
      good "$what"
    elif grep -q 'no matching\|unsupported\|ed25519\|operation not supported' "$work/said"; then
      bad "$what: openssl kan ikke kontrollere denne typen nøkkel; bruk kontroller.mjs"
    else
      bad "$what"
    fi
    check_signature_time "$what"
  done <"$work/ranges"
done

echo
if [ "$wrong" -eq 0 ]; then
  echo 'Alt som er kontrollert her, stemmer. kontroller.mjs kontrollerer også loggen og bevisene.'
else
  echo "$wrong feil."
  exit 1
fi
