#!/bin/sh
# Installs Onlooker on a bare box from the packages beside this file, or removes it with all that came with it.
set -eu
had_lc_all=${LC_ALL-}
# Sorted lists are compared, also those of a run in another language; and nothing asks.
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

usage='usage: sudo sh install.sh [--check | --uninstall | --answers FILE]

  without options  checks the box, installs the packages beside this file, and asks what it has to know
  --answers FILE   asks nothing: takes the answers from a file (onlooker setup --print-answers prints one)
  --check          only checks the box
  --uninstall      removes the program, its settings, its counts, and the packages that came with it'

folder=$(cd "$(dirname "$0")" && pwd)
# What this script has to know for --uninstall; removed with the rest.
ledger=/var/lib/onlooker-install
task=install
answers=

main() {
  while [ $# -gt 0 ]; do
    case $1 in
      --check) task=check ;;
      --uninstall) task=uninstall ;;
      --answers) [ $# -gt 1 ] || refuse 64 '--answers needs a file' "$usage"; answers=$2; shift ;;
      -h | --help) echo "$usage"; exit 0 ;;
      *) refuse 64 "cannot understand $1" "$usage" ;;
    esac
    shift
  done
  [ "$task" = check ] || [ "$(id -u)" = 0 ] || refuse 77 'only root may install' "sudo sh $0"
  case $task in
    check) check_box ;;
    uninstall) uninstall ;;
    install)
      if [ -n "$answers" ] && [ ! -r "$answers" ]; then refuse 66 "cannot read $answers" 'Name a file with the answers.'; fi
      check_box
      install_packages
      configure
      ;;
  esac
}

refuse() {
  echo "install.sh: $2" >&2
  echo "  to fix it: $3" >&2
  exit "$1"
}

warn() {
  echo "warning: $1"
  echo "  $2"
}

check_box() {
  # shellcheck disable=SC1091 # a file of the system
  case $(. "${OS_RELEASE:-/etc/os-release}" && echo "${ID:-}-${VERSION_ID:-}") in
    debian-12 | raspbian-12) release=12 ;;
    debian-13 | raspbian-13) release=13 ;;
    *)
      # shellcheck disable=SC1091
      refuse 69 "this is $(. "${OS_RELEASE:-/etc/os-release}" && echo "${PRETTY_NAME:-an unknown system}"), and there are packages for Debian 12 and 13" \
        'install Debian or Raspberry Pi OS of version 12 (bookworm) or 13 (trixie)'
      ;;
  esac
  command -v dpkg >/dev/null || refuse 69 'there is no dpkg' 'install Debian or Raspberry Pi OS'
  architecture=$(dpkg --print-architecture)
  case $architecture in
    amd64 | arm64) ;;
    armhf | armel) refuse 69 "this system is of 32 bits ($architecture)" 'install the 64-bit edition of Raspberry Pi OS: every Pi from the 3 on can run it' ;;
    *) refuse 69 "there are no packages for $architecture" 'use a machine with amd64 or arm64' ;;
  esac
  if [ -f /etc/systemd/system/onlooker.service ]; then
    refuse 73 '/etc/systemd/system/onlooker.service was installed by hand and would hide the unit of the package' \
      'stop it (systemctl disable --now onlooker), remove that file, and install again; counts in /var/lib/onlooker stay'
  fi
  # Capture, sensor and daemon together need 300 to 390 MB.
  memory=$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB$/\1/p' "${MEMINFO:-/proc/meminfo}") / 1024))
  if [ "$memory" -lt 450 ]; then refuse 69 "$memory MB of memory are too few" 'use a machine with 1 GB or more'; fi
  if [ "$memory" -lt 900 ]; then warn "$memory MB of memory leave little room" 'Run nothing large beside it.'; fi
  room=$(($(df -Pk /usr | sed -n '2s/^[^ ]* *[0-9]* *[0-9]* *\([0-9]*\).*/\1/p') / 1024))
  # Unpacked, with OpenCV and ffmpeg, measured on a tree without either: 760 MB; the program alone, beside the one it replaces: 160 MB.
  needed=900
  if [ "$(state_of onlooker)" = installed ]; then needed=250; fi
  if [ "$room" -lt "$needed" ]; then refuse 74 "$room MB of room in /usr are too few" "free $needed MB, for example with apt-get clean"; fi
  check_camera
  echo "Debian $release, $architecture, $memory MB of memory, $room MB of room: Onlooker can be installed."
}

check_camera() {
  if command -v rpicam-vid >/dev/null || command -v libcamera-vid >/dev/null; then return; fi
  if [ -e /proc/device-tree/model ] && grep -q 'Raspberry Pi' /proc/device-tree/model; then
    warn 'the programs of the Pi camera are missing' 'For a camera on the ribbon cable: sudo apt-get install rpicam-apps'
  elif ! ls /dev/video* >/dev/null 2>&1; then
    warn 'no camera is attached' 'Attach one, or use a network camera; "onlooker cameras" lists what there is.'
  fi
}

install_packages() {
  set -- "$folder"/onlooker_*~deb"$release"_"$architecture".deb "$folder"/onlooker-models_*_all.deb
  for package; do
    [ -e "$package" ] || refuse 66 "there is no $(basename "$package") beside this file" 'unpack the whole release into one folder'
  done
  [ $# = 2 ] || refuse 66 'there are packages of several versions beside this file' 'keep those of one version'
  for package; do
    grep -q "[ /]$(basename "$package")\$" "$folder/SHA256SUMS" || refuse 74 "SHA256SUMS does not name $(basename "$package")" 'fetch both again'
  done
  (cd "$folder" && sha256sum --check --quiet --ignore-missing SHA256SUMS) ||
    refuse 74 'the packages are damaged' 'fetch them again, with SHA256SUMS'
  note_added
  mkdir -p "$ledger"
  installed_packages >"$ledger/before"
  finish_interrupted
  status=0
  apt_install "$@" || { apt-get update && apt_install "$@"; } || status=$?
  note_added
  [ "$status" = 0 ] || refuse 74 'apt could not install the packages' 'mend what it says above and run this again; --uninstall removes what is there'
}

# Settings that were changed stay, and nobody is asked about them.
keep_settings='--force-confdef --force-confold'

apt_install() {
  # shellcheck disable=SC2046 # one option for each word
  apt-get install -y --reinstall $(printf -- '-o Dpkg::Options::=%s ' $keep_settings) "$@"
}

# What an earlier run left half done; what cannot be finished, apt mends or names.
finish_interrupted() {
  # shellcheck disable=SC2086 # one option for each word
  dpkg $keep_settings --configure -a || true
}

# Adds what came since the list "before" was made, also when that was in a run that was cut off.
note_added() {
  [ -e "$ledger/before" ] || return 0
  touch "$ledger/added"
  installed_packages | comm -13 "$ledger/before" - | sort -u -o "$ledger/added" - "$ledger/added"
  rm "$ledger/before"
}

state_of() {
  # shellcheck disable=SC2016 # the placeholder is dpkg's
  dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true
}

installed_packages() {
  # shellcheck disable=SC2016 # the placeholders are dpkg's
  dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' | sed -n 's/^ii *//p' | sort
}

configure() {
  # What the terminal can show is said by the language of whoever sits there.
  if [ -n "$had_lc_all" ]; then LC_ALL=$had_lc_all; else unset LC_ALL; fi
  if [ -n "$answers" ]; then
    onlooker setup --answers "$answers"
  elif [ -t 0 ] && [ -t 1 ]; then
    onlooker setup
  else
    echo 'Installed. Next: sudo onlooker setup'
  fi
}

uninstall() {
  note_added
  finish_interrupted
  set --
  for package in onlooker onlooker-models; do
    case $(state_of "$package") in '' | not-installed) ;; *) set -- "$@" "$package" ;; esac
  done
  # dpkg itself removes, too, what was cut off while it was unpacked.
  [ $# = 0 ] || apt-get purge -y "$@" || dpkg --purge --force-remove-reinstreq "$@"
  if [ -e "$ledger/added" ]; then
    # Of what came with it, what nothing else needs by now.
    needless=$(apt-get --simulate autoremove | sed -n 's/^Remv \([^ :]*\).*/\1/p' | sort | comm -12 - "$ledger/added")
    # shellcheck disable=SC2086 # one word for each package
    [ -z "$needless" ] || apt-get purge -y $needless
    rm -r "$ledger"
  fi
  echo 'Onlooker is gone, with its settings and its counts.'
}

main "$@"
