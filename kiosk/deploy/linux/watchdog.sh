#!/bin/sh
# Keeps the screen's browser running. The page changes its title every five seconds, unseen, as long
# as it lives; this script reads the titles of the browser's windows from outside. So a page that
# crashed, froze or never came is noticed as well as a browser that ended, and no debugging door
# has to stand open for it.
set -u

SETTINGS=${OPENHALL_SETTINGS:-/etc/openhall-screen/settings}
. "$SETTINGS"

say() { echo "openhall-screen: $*"; }

find_browser() {
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" && return
  done
}

# Titles of the browser's windows; what hangs counts as no change.
titles() {
  LC_ALL=C.UTF-8 timeout 5 xwininfo -root -tree 2>/dev/null | grep -i chrom | cksum
}

# The size of the glass: without a window manager nobody else makes the window fill it. Chromium
# takes a pixel off a window of exactly that size, so it is asked for one more.
glass() {
  xwininfo -root | awk '/Width:/ { width = $2 } /Height:/ { print width + 1 "," $2 + 1 }'
}

start() {
  # What a browser that was killed left behind would keep the next one from starting.
  rm -f "$PROFILE"/Singleton*
  # shellcheck disable=SC2086 # EXTRA_FLAGS is a list.
  setsid "$BROWSER" --kiosk --user-data-dir="$PROFILE" \
    --window-position=0,0 --window-size="$(glass)" --force-device-scale-factor=1 \
    --no-first-run --no-default-browser-check --noerrdialogs --hide-crash-restore-bubble \
    --disable-infobars --disable-pinch --overscroll-history-navigation=0 \
    --disable-session-crashed-bubble --disable-features=Translate,TranslateUI \
    --check-for-update-interval=31536000 --password-store=basic --touch-events=enabled \
    --autoplay-policy=no-user-gesture-required ${EXTRA_FLAGS:-} \
    "$ADDRESS" >/dev/null 2>&1 &
  browser=$!
  say "opened ($browser)"
}

# Ends the browser with all its processes, also those that are stopped.
stop() {
  kill -s KILL -- "-$browser" 2>/dev/null
  wait "$browser" 2>/dev/null
}

BROWSER=${BROWSER:-$(find_browser)}
if [ -z "$BROWSER" ]; then
  say 'no Chromium on this machine'
  exit 1
fi
mkdir -p "$PROFILE"
trap 'stop; exit 0' TERM INT HUP

while :; do
  start
  last=$(titles) quiet=0 age=0
  while :; do
    sleep "$LOOK_SECONDS"
    age=$((age + LOOK_SECONDS))
    if ! kill -0 "$browser" 2>/dev/null; then
      say 'the browser ended'
      break
    fi
    now=$(titles)
    if [ "$now" != "$last" ]; then
      last=$now quiet=0
      continue
    fi
    quiet=$((quiet + LOOK_SECONDS))
    limit=$QUIET_SECONDS
    [ "$age" -ge "$START_SECONDS" ] || limit=$START_SECONDS
    if [ "$quiet" -ge "$limit" ]; then
      say "the page gave no sign for $quiet seconds"
      break
    fi
  done
  stop
  sleep 1
done
