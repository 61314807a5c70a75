#!/bin/sh
# Installs r1pick from a release archive, replaces an older one, or removes it. Asks nothing.
# POSIX sh; of other programs only tar, gzip, and sha256sum or shasum (curl or wget for an address).
set -eu

usage() {
  cat <<'USAGE'
Usage: install.sh [--prefix FOLDER] [--sha256 DIGEST] [ARCHIVE]
       install.sh [--prefix FOLDER] --uninstall

Installs FOLDER/bin/r1pick, a link into FOLDER/lib/r1pick, where it brings its own Java.

  ARCHIVE           r1pick-VERSION-OS-ARCH.tar.gz, a file or an address;
                    the one beside this script if none is given
  --prefix FOLDER   where to install, ~/.local if not given
  --sha256 DIGEST   the digest to check; the file ARCHIVE.sha256 if not given
  --uninstall       remove what was installed there, and nothing else
USAGE
}

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

misused() {
  echo "install.sh: $1; see install.sh --help" >&2
  exit 2
}

# What this machine is, in the words of the archive's name.
platform() {
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=macos ;;
    *) fail "there is no archive for $(uname -s); on Windows unpack the .zip" ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=x86_64 ;;
    aarch64 | arm64) arch=aarch64 ;;
    *) fail "there is no archive for the processor $(uname -m)" ;;
  esac
}

digest_of() {
  if command -v sha256sum > /dev/null 2>&1; then
    sha256sum < "$1"
  elif command -v shasum > /dev/null 2>&1; then
    shasum -a 256 < "$1"
  else
    fail "cannot check the archive: neither sha256sum nor shasum is there"
  fi
}

# fetch ADDRESS FILE
fetch() {
  if command -v curl > /dev/null 2>&1; then
    why=$(curl -fsSL -o "$2" "$1" 2>&1) || fail "cannot download $1: $why"
  elif command -v wget > /dev/null 2>&1; then
    wget -q -O "$2" "$1" 2> /dev/null || fail "cannot download $1"
  else
    fail "cannot download: neither curl nor wget is there"
  fi
}

# is_newer VERSION OTHER: 0.10.0 is newer than 0.9.0, and 1.0.0 than 1.0.0-rc1
is_newer() {
  mine=${1%%-*}.
  other=${2%%-*}.
  while [ -n "$mine$other" ]; do
    if [ "${mine%%.*}" != "${other%%.*}" ]; then
      [ "0${mine%%.*}" -gt "0${other%%.*}" ] 2> /dev/null
      return
    fi
    mine=${mine#*.}
    other=${other#*.}
  done
  case $1:$2 in
    *:*-*) [ "$1" = "${1%%-*}" ] ;;
    *) false ;;
  esac
}

# Sets archive and name; downloads where an address is given.
find_archive() {
  if [ -z "$archive" ]; then
    case $0 in
      */*) here=${0%/*} ;;
      *) here=. ;;
    esac
    newest=
    for archive in "$here"/r1pick-*-"$os-$arch".tar.gz; do
      [ -f "$archive" ] || fail "there is no archive for $os-$arch beside this script; name one"
      name=${archive##*/r1pick-}
      if [ -z "$newest" ] || is_newer "${name%-"$os-$arch".tar.gz}" "$newest"; then
        newest=${name%-"$os-$arch".tar.gz}
      fi
    done
    archive=$here/r1pick-$newest-$os-$arch.tar.gz
  fi
  name=${archive##*/}
  case $archive in
    *://*)
      fetch "$archive" "$temporary/$name"
      [ -n "$digest" ] || fetch "$archive.sha256" "$temporary/$name.sha256"
      archive=$temporary/$name
      ;;
    *) [ -f "$archive" ] || fail "there is no file $archive" ;;
  esac
}

# Sets version, and sees that the archive is for this machine.
read_name() {
  case $name in
    r1pick-*-*-*.tar.gz) ;;
    *) fail "$name is not named r1pick-VERSION-OS-ARCH.tar.gz" ;;
  esac
  root=${name%.tar.gz}
  for_arch=${root##*-}
  version=${root%-*}
  for_os=${version##*-}
  version=${version%-*}
  version=${version#r1pick-}
  [ "$for_os-$for_arch" = "$os-$arch" ] \
    || fail "$name is for $for_os-$for_arch, this machine is $os-$arch"
}

verify() {
  if [ -z "$digest" ]; then
    [ -f "$archive.sha256" ] || fail "there is no $name.sha256 to check the archive by; give --sha256"
    read -r digest _ < "$archive.sha256" || [ -n "$digest" ] || fail "$name.sha256 is empty"
  fi
  digest=$(echo "$digest" | tr ABCDEF abcdef)
  found=$(digest_of "$archive")
  found=${found%% *}
  [ "$found" = "$digest" ] || fail "$name is damaged: its SHA-256 is $found, not $digest"
}

# Makes a folder and those above it, and notes the new ones, so that uninstall can take them away.
make_folder() {
  [ ! -d "$1" ] || return 0
  make_folder "$(dirname "$1")"
  if mkdir "$1" 2> /dev/null; then
    echo "$1" >> "$temporary/folders"
  elif [ ! -d "$1" ]; then # another install may have been faster
    fail "no permission to write in $(dirname "$1")"
  fi
}

# One install or uninstall at a time; another waits for two minutes. A lock whose owner has gone is nobody's.
take_lock() {
  turns=0
  until mkdir "$home/.lock" 2> /dev/null; do
    [ -d "$home" ] || return 1
    [ -w "$home" ] || fail "no permission to write in $prefix"
    owner=$(cat "$home/.lock/owner" 2> /dev/null) || owner=
    case $owner:$(LC_ALL=C kill -0 "$owner" 2>&1) in
      :*) ;;
      *"No such process"*) ! mv "$home/.lock" "$home/.new-$$" 2> /dev/null || rm -rf "$home/.new-$$" ;;
    esac
    turns=$((turns + 1))
    [ $turns -le 120 ] || fail "another install is running in $prefix; if there is none, remove $home/.lock"
    sleep 1
  done
  lock=$home/.lock
  echo $$ > "$lock/owner"
  # what an install that was killed has left
  rm -rf "$home"/.new-*
}

# A link of ours points into lib/r1pick; anything else of that name is not ours to replace.
is_ours() {
  [ -h "$link" ] || return 1
  case $(readlink "$link") in
    ../lib/r1pick/*) return 0 ;;
    *) return 1 ;;
  esac
}

install() {
  platform
  find_archive
  read_name
  verify
  : > "$temporary/folders"
  until make_folder "$home" && take_lock; do :; done
  make_folder "$prefix/bin"
  if [ ! -w "$prefix/bin" ] || [ ! -w "$home" ]; then
    fail "no permission to write in $prefix"
  fi
  if [ -e "$link" ] || [ -h "$link" ]; then
    is_ours || fail "$link is there and was not made by this script; remove it or choose another --prefix"
  fi
  make_room
  unpack
  note_and_switch
  echo "r1pick $version is installed: $link"
  case :${PATH-}: in
    *":$prefix/bin:"*) ;;
    *) echo "$prefix/bin is not on PATH." ;;
  esac
}

make_room() {
  need=$(($(gzip -dc "$archive" | wc -c) / 1024))
  free=$(df -Pk "$home" | awk 'NR == 2 { print $4 }')
  [ "$free" -ge "$need" ] \
    || fail "not enough space in $prefix: $((need / 1024)) MB needed, $((free / 1024)) MB free"
}

# Unpacks beside the older version, and sees that it starts before anything of that is touched.
unpack() {
  staging=$home/.new-$$
  mkdir "$staging"
  tar -xzof "$archive" -C "$staging" 2> /dev/null || fail "cannot unpack $name in $prefix"
  [ -x "$staging/$root/bin/r1pick" ] || fail "$name has no $root/bin/r1pick"
  why=$("$staging/$root/bin/r1pick" --version 2>&1) || fail "this r1pick does not start here: $(reason $?)"
}

# Its own sentence, if it could say one.
reason() {
  case $1:$why in
    *"r1pick: "*) echo "${why##*r1pick: }" ;;
    126:*) echo "no program may be run in $prefix; it may be mounted noexec" ;;
    *) echo "it ended with code $1 and without a reason" ;;
  esac
}

# The new folder, its list and the link each appear by one rename; the older folder goes last.
note_and_switch() {
  folder=$version-$(echo "$digest" | cut -c1-12)
  while [ -e "$home/$folder" ]; do
    folder=$folder+
  done
  {
    cat "$temporary/folders"
    [ ! -f "$home/folders" ] || cat "$home/folders"
  } > "$staging/folders"
  (cd "$staging/$root" && find . ! -name .) > "$staging/$root.files"
  mv "$staging/$root" "$home/$folder"
  mv "$staging/$root.files" "$home/$folder.files"
  mv "$staging/folders" "$home/folders"
  older=
  if [ -h "$link" ]; then
    older=$(readlink "$link")
    older=${older#../lib/r1pick/}
    older=${older%%/*}
  fi
  ln -s "../lib/r1pick/$folder/bin/r1pick" "$staging/link"
  mv -f "$staging/link" "$link"
  rmdir "$staging"
  [ -z "$older" ] || remove_folder "$older"
}

# Removes what the list of a version names, then the folders that are empty.
remove_folder() {
  [ -f "$home/$1.files" ] || return 0
  sort -r "$home/$1.files" | while IFS= read -r file; do
    if [ -d "$home/$1/$file" ] && [ ! -h "$home/$1/$file" ]; then
      rmdir "$home/$1/$file" 2> /dev/null || :
    else
      rm -f "$home/$1/$file"
    fi
  done
  rmdir "$home/$1" 2> /dev/null || :
  rm -f "$home/$1.files"
}

# Of the folders that were made, those that are empty go: all after an uninstall or a failed first install.
clean_up() {
  [ -z "$staging" ] || rm -rf "$staging"
  [ -z "$lock" ] || rm -rf "$lock"
  if [ -f "$temporary/folders" ]; then
    sort -r "$temporary/folders" | while IFS= read -r folder; do
      rmdir "$folder" 2> /dev/null || :
    done
  fi
  rm -rf "$temporary"
}

uninstall() {
  [ -f "$home/folders" ] || fail "no r1pick was installed in $prefix by this script"
  if [ ! -w "$home" ] || [ ! -w "$prefix/bin" ]; then
    fail "no permission to write in $prefix"
  fi
  take_lock || fail "no r1pick was installed in $prefix by this script"
  ! is_ours || rm -f "$link"
  for list in "$home"/*.files; do
    [ -f "$list" ] || continue
    list=${list##*/}
    remove_folder "${list%.files}"
  done
  mv "$home/folders" "$temporary/folders"
  echo "r1pick is removed from $prefix"
}

prefix=${HOME:+$HOME/.local}
archive=
digest=
action=install
while [ $# -gt 0 ]; do
  case $1 in
    --prefix | --sha256)
      [ -n "${2-}" ] || misused "$1 needs a value"
      case $1 in
        --prefix) prefix=$2 ;;
        *) digest=$2 ;;
      esac
      shift
      ;;
    --prefix=?*) prefix=${1#*=} ;;
    --sha256=?*) digest=${1#*=} ;;
    --uninstall) action=uninstall ;;
    -h | --help)
      usage
      exit 0
      ;;
    -*) misused "there is no option $1" ;;
    *)
      [ -z "$archive" ] || misused "more than one archive is named"
      archive=$1
      ;;
  esac
  shift
done
[ -n "$prefix" ] || misused "HOME is not set, so --prefix is needed"
case $prefix in
  /*) ;;
  *) prefix=$PWD/$prefix ;;
esac
[ "$prefix" = / ] || prefix=${prefix%/}
home=$prefix/lib/r1pick
link=$prefix/bin/r1pick

# What root installs is for all, whatever root's files are else.
[ "$(id -u)" != 0 ] || umask 022

staging=
lock=
temporary=$(mktemp -d) || fail "cannot make a temporary folder"
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
"$action"
