# Makes trees of Debian releases, kept until what they hold changes; sourced by build-deb and by the tests.

# ensure_tree NAME RELEASE CACHE PACKAGES: prints the folder of a tree with these packages (comma-separated).
ensure_tree() {
  local key tree making mirror
  key=$(printf '%s' "$4" | sha256sum | cut -c1-12)
  tree=$3/trees/$1-$2-$key
  if [ ! -e "$tree" ]; then
    # Each by itself, since bash forgets `set -e` in $(…).
    mirror=$(mirror_of_host) || return
    echo "making a tree of $2 for $1 (some minutes, only once)" >&2
    mkdir -p "$3/trees" || return
    rm -rf "$3/trees/$1-$2"-*
    making=$tree.$$
    mmdebstrap --variant=apt --quiet --include="$4" "$2" "$making" "$mirror" >&2 || { rm -rf "$making"; return 1; }
    mv "$making" "$tree" || return
  fi
  echo "$tree"
}

# The first archive that apt of this machine asks.
mirror_of_host() {
  # shellcheck disable=SC2016 # the placeholder is apt's
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1
}
