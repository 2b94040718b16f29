#!/usr/bin/env bash
# Makes wardflux_VERSION_ARCH.deb of a release binary.
#   deploy/debian/build-deb.sh [--version V] [--output FOLDER] [--keep-symbols] [BINARY]
# BINARY is .build/release/wardflux where none is named. The package wants one that brings the Swift runtime along:
#   swift build -c release --product wardflux --static-swift-stdlib
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
deploy=$(dirname "$here")
root=$(dirname "$deploy")
binary="$root/.build/release/wardflux"
version="" output="." symbols=no

die() { printf 'build-deb: %s\n' "$*" >&2; exit 1; }

while [ $# -gt 0 ]; do
    case "$1" in
        --version) version=${2:?--version wants a version}; shift 2 ;;
        --output) output=${2:?--output wants a folder}; shift 2 ;;
        --keep-symbols) symbols=yes; shift ;;
        -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) die "there is no option $1; see --help" ;;
        *) binary=$1; shift ;;
    esac
done

command -v dpkg-deb >/dev/null || die "dpkg-deb is missing; install the package dpkg"
[ -x "$binary" ] || die "$binary is no program; build it: swift build -c release --product wardflux --static-swift-stdlib"
if [ -z "$version" ]; then
    version=$("$binary" --version 2>/dev/null | head -n 1) || true
fi
[[ "$version" =~ ^[0-9][0-9A-Za-z.+~-]*$ ]] || die "the version of $binary is not known ('$version'); give --version"
if ldd "$binary" 2>/dev/null | grep -q 'libswiftCore\.so'; then
    die "$binary needs the Swift runtime beside it; build it with --static-swift-stdlib"
fi
architecture=$(dpkg --print-architecture)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree="$work/tree"
mkdir -p "$tree/DEBIAN" "$output"

# --- files ---
put() { install -D -m "$1" "$2" "$tree/$3"; }
put 0755 "$binary" usr/bin/wardflux
if [ "$symbols" = no ] && command -v strip >/dev/null; then
    strip --strip-unneeded "$tree/usr/bin/wardflux" 2>/dev/null || true
fi
put 0644 "$deploy/systemd/wardflux.service" usr/lib/systemd/system/wardflux.service
put 0644 "$deploy/systemd/wardflux-worker@.service" usr/lib/systemd/system/wardflux-worker@.service
put 0644 "$deploy/systemd/wardflux.sysusers" usr/lib/sysusers.d/wardflux.conf
put 0644 "$deploy/systemd/wardflux.tmpfiles" usr/lib/tmpfiles.d/wardflux.conf
put 0644 "$deploy/systemd/wardflux.sysctl" usr/lib/sysctl.d/60-wardflux.conf
put 0644 "$deploy/etc/wardflux.default" etc/default/wardflux
put 0640 "$deploy/etc/wardflux.yaml" etc/wardflux/wardflux.yaml
put 0644 "$root/LICENSE" usr/share/doc/wardflux/copyright
gzip -9n <"$root/CHANGELOG.md" >"$work/changelog.gz"
put 0644 "$work/changelog.gz" usr/share/doc/wardflux/changelog.gz
for page in "$root"/docs/*.md; do
    put 0644 "$page" "usr/share/doc/wardflux/$(basename "$page")"
done
for example in "$deploy"/grafana/*.json "$deploy"/prometheus/*.yml; do
    put 0644 "$example" "usr/share/doc/wardflux/examples/$(basename "$example")"
done
put 0755 "$deploy/deploy.sh" usr/share/wardflux/deploy/deploy.sh
for part in "$deploy"/lib/*.sh; do
    put 0644 "$part" "usr/share/wardflux/deploy/lib/$(basename "$part")"
done
for part in "$deploy"/systemd/* "$deploy"/etc/*; do
    put 0644 "$part" "usr/share/wardflux/deploy/${part#"$deploy"/}"
done
find "$tree" -type d -exec chmod 0755 {} +
# For root and the program's group, which postinst makes and sets.
chmod 0750 "$tree/etc/wardflux"

# --- what it needs ---
# Where dpkg-shlibdeps cannot tell, what a binary of Debian 12 needs.
listed="libc6, libgcc-s1, libhiredis0.14, libpq5, libre2-9, libsqlite3-0, libssl3, libstdc++6, zlib1g"
depends=$listed
if command -v dpkg-shlibdeps >/dev/null && head -c 4 "$binary" | grep -q ELF; then
    mkdir -p "$work/debian"
    printf 'Source: wardflux\n\nPackage: wardflux\nArchitecture: any\n' >"$work/debian/control"
    if found=$(cd "$work" && dpkg-shlibdeps -O -e"$tree/usr/bin/wardflux" 2>"$work/shlibdeps.log"); then
        depends=${found#shlibs:Depends=}
    else
        cat "$work/shlibdeps.log" >&2
        die "what $binary needs is not known to dpkg-shlibdeps"
    fi
fi

# --- control ---
cat >"$tree/DEBIAN/control" <<END
Package: wardflux
Version: $version
Architecture: $architecture
Maintainer: ${DEB_MAINTAINER:-WARD FLUX <root@localhost>}
Section: net
Priority: optional
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f 1)
Depends: $depends, systemd | systemd-standalone-sysusers, tzdata
Recommends: ca-certificates, snmp
Suggests: grafana, postgresql, redis-server, victoria-metrics
Description: network monitor that discovers every interface over SNMP
 WARD FLUX discovers the interfaces of switches and routers, knows what each one
 is for, records its traffic, draws how the devices are wired, learns what is
 usual for each hour of the week, and tells early and once what is wrong.
 One program with a dashboard and a REST API.
END
printf '/etc/default/wardflux\n/etc/wardflux/wardflux.yaml\n' >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do
    install -m 0755 "$here/$script" "$tree/DEBIAN/$script"
done
(cd "$tree" && find . -type f ! -path './DEBIAN/*' ! -path './etc/*' -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) \
    >"$tree/DEBIAN/md5sums"
chmod 0644 "$tree/DEBIAN/control" "$tree/DEBIAN/conffiles" "$tree/DEBIAN/md5sums"

package="$output/wardflux_${version}_${architecture}.deb"
dpkg-deb --root-owner-group --build "$tree" "$package" >/dev/null
printf '%s\n' "$package"
