#!/usr/bin/env bash
# Makes this model's concepts again: thirty generated scenes of each, none of which was trained or is tested on.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cdam="$here/../../../cdam"
scenes=$(mktemp -d)
trap 'rm -rf "$scenes"' EXIT

concept() {
  local name=$1
  shift
  "$cdam" scenes "$scenes/$name" --set concept --count 30 "$@"
  "$cdam" concept add "$name" "$scenes/$name"/??????.png --model "$here" --source "30 generated scenes: $*" --replace --device cpu
}

for surface in striped dotted checked marbled; do
  concept "$surface" --pattern "$surface"
done
concept fish --class fish
