#!/bin/sh
# Makes this machine a screen of the hall: sudo sh install.sh   Take it back: sudo sh install.sh --remove
set -eu

here=$(cd "$(dirname "$0")" && pwd)
account=openhall-screen
home=/var/lib/openhall-screen

fail() {
  echo "$1" >&2
  echo "$2" >&2
  exit 1
}

# Where a disk is being prepared, no systemd runs that could take notice.
reload() {
  if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
}

[ "$(id -u)" = 0 ] || fail '请用管理员权限运行：sudo sh install.sh' 'Run it as root: sudo sh install.sh'

if [ "${1:-}" = --remove ]; then
  systemctl disable --now openhall-screen.service || true
  rm -rf /opt/openhall-screen /etc/openhall-screen /etc/systemd/system/openhall-screen.service \
    /etc/X11/xorg.conf.d/50-openhall-screen.conf /etc/udev/rules.d/70-openhall-stick.rules
  for folder in /etc/chromium /etc/chromium-browser /etc/opt/chrome; do
    rm -f "$folder/policies/managed/openhall.json"
  done
  reload
  systemctl enable display-manager.service 2>/dev/null || true
  echo '已取消。内容和账户还在 /var/lib/openhall-screen，重新启动后回到原来的桌面。'
  echo 'Removed; start the machine again to have its desktop back.'
  exit 0
fi

missing=
for command in xinit xwininfo xset xrandr xinput amixer certutil setsid; do
  command -v "$command" >/dev/null || missing="$missing $command"
done
browser=
for name in chromium chromium-browser google-chrome-stable google-chrome; do
  if command -v "$name" >/dev/null; then browser=$name; break; fi
done
[ -n "$browser" ] || missing="$missing chromium"
if [ -n "$missing" ]; then
  echo "缺少：$missing，正在安装… · installing what is missing"
  apt-get update
  # Kylin, like Ubuntu, calls the browser chromium-browser.
  [ -n "$browser" ] || apt-get install -y chromium || apt-get install -y chromium-browser
  apt-get install -y xserver-xorg xinit x11-utils x11-xserver-utils xinput alsa-utils libnss3-tools \
    util-linux
fi
# Chinese in what the browser itself may say.
fc-list :lang=zh 2>/dev/null | grep -q . || apt-get install -y fonts-noto-cjk || true

id "$account" >/dev/null 2>&1 ||
  useradd --system --create-home --home-dir "$home" --shell /usr/sbin/nologin "$account"
for group in video audio input render tty; do
  if getent group "$group" >/dev/null; then usermod -a -G "$group" "$account"; fi
done

install -d -m 755 /opt/openhall-screen /etc/openhall-screen /etc/X11/xorg.conf.d /etc/udev/rules.d
install -m 755 "$here/session.sh" "$here/watchdog.sh" /opt/openhall-screen/
install -m 644 "$here/settings" /etc/openhall-screen/
install -m 644 "$here/xorg.conf" /etc/X11/xorg.conf.d/50-openhall-screen.conf
install -m 644 "$here/openhall-screen.service" /etc/systemd/system/
install -m 644 "$here/stick.rules" /etc/udev/rules.d/70-openhall-stick.rules
# Each browser looks in its own place; a folder too many does no harm.
for folder in /etc/chromium /etc/chromium-browser /etc/opt/chrome; do
  install -d -m 755 "$folder/policies/managed"
  install -m 644 "$here/policies.json" "$folder/policies/managed/openhall.json"
done

# Browsers older than the policy CACertificates look in the account's own store.
if [ -f "$here/hall-authority.crt" ]; then
  store="sql:$home/.pki/nssdb"
  install -d -m 700 -o "$account" -g "$account" "$home/.pki" "$home/.pki/nssdb"
  [ -f "$home/.pki/nssdb/cert9.db" ] || certutil -d "$store" -N --empty-password
  certutil -d "$store" -D -n openhall 2>/dev/null || true
  certutil -d "$store" -A -t C,, -n openhall -i "$here/hall-authority.crt"
  chown -R "$account:" "$home/.pki"
fi

reload
systemctl disable display-manager.service 2>/dev/null || true
systemctl set-default graphical.target
systemctl enable openhall-screen.service
echo '装好了。现在重新启动这台机器，几十秒后出现公开屏。'
echo 'Done. Restart the machine; the screen appears within a minute.'
