#!/usr/bin/env bash
# Makes sure that what npm cannot bring is on this machine. Says nothing when it is.
#   ensure-system.sh run    what `npm start` needs
#   ensure-system.sh test   what `npm test` needs
set -euo pipefail

case "${1:-}" in
  run | test) ;;
  *)
    echo 'usage: ensure-system.sh run|test' >&2
    exit 2
    ;;
esac

missing=()
# need PACKAGE WHAT-FOR COMMAND...   satisfied by the first command that is there
need() {
  local package=$1 purpose=$2 command
  shift 2
  for command in "$@"; do
    if command -v "$command" > /dev/null; then return; fi
  done
  missing+=("$package")
  needs+=("  $package: $purpose ($*)")
}
needs=()

need chromium 'the screen' chromium chromium-browser google-chrome-stable google-chrome
need socat 'serial lines of the simulated printer and locker' socat
need umockdev 'USB of the simulated reader' umockdev-run
need sane-utils 'the document scanner' scanimage
need zbar-tools 'reads the codes on printed slips' zbarimg
if [ "$1" = test ]; then
  need openssl 'certificates of the tests' /usr/bin/openssl
  need strace 'records what a power cut may lose' /usr/bin/strace
  need postgresql 'the province on PostgreSQL' /usr/lib/postgresql/*/bin/initdb
fi

if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

# Without a browser the machine still runs and prints its address.
if [ "$1" = run ] && [ "${missing[*]}" = chromium ] &&
  { ! command -v apt-get > /dev/null || [ "$(id -u)" -ne 0 ]; }; then
  echo 'No Chromium on this machine (Debian package chromium): open the printed address in a browser.' >&2
  exit 0
fi

if ! command -v apt-get > /dev/null; then
  echo 'This machine lacks, and is no Debian that could install them here:' >&2
  printf '%s\n' "${needs[@]}" >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo 'This machine lacks:' >&2
  printf '%s\n' "${needs[@]}" >&2
  echo "Install them with: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

echo "Installing from Debian: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } > "$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "Could not install: ${missing[*]} (whole output: $log)" >&2
  exit 1
fi
rm -f "$log"
