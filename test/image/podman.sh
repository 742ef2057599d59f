#!/bin/sh
# For podman-compose 1.0, which names a network of its own even where `network_mode` is `host`; podman refuses both together. Leaves the name out.
skip=0
for argument in "$@"; do
  shift
  case $skip$argument in
    1*) skip=0 ;;
    0--net | 0--network-alias) skip=1 ;;
    *) set -- "$@" "$argument" ;;
  esac
done
exec podman "$@"
