#!/bin/sh
# All that runs on the screen's X display: no desktop, no window manager, nothing that could ask.
set -u

SETTINGS=${OPENHALL_SETTINGS:-/etc/openhall-screen/settings}
. "$SETTINGS"

# The glass stays on; the hall's content decides what it shows at night.
xset s off s noblank -dpms

if [ "$ROTATE" != normal ]; then
  xrandr -o "$ROTATE"
  # Fingers turn with the picture.
  output=$(xrandr --query | awk '/ connected/ { print $1; exit }')
  xinput list --id-only 2>/dev/null | while read -r device; do
    if xinput list-props "$device" 2>/dev/null | grep -q 'Coordinate Transformation Matrix'; then
      xinput map-to-output "$device" "$output" 2>/dev/null
    fi
  done
fi

# Cards name their controls differently; those they lack are passed over.
for control in Master PCM Speaker Headphone; do
  amixer -q sset "$control" "$SOUND%" unmute 2>/dev/null
done

exec /opt/openhall-screen/watchdog.sh
