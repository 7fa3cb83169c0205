#!/usr/bin/env bash
# Explains pictures with nothing but curl (7.87 or later): the picture is the body, what is asked for stands in the query.
#
#     explain.sh HOST:PORT models/ID TARGET IMAGE...
#
# HOST:PORT is the gateway's second address, which speaks JSON. TARGET is an output's name, or concept:ID. Prints a line of
# JSON for each image: its name and the raw scores of its CDAM map. Faults go to standard error, with their google.rpc details.
set -euo pipefail

if [ $# -lt 4 ]; then
  echo "usage: explain.sh HOST:PORT models/ID TARGET IMAGE..." >&2
  exit 2
fi

address=$1 model=$2 target=$3
shift 3
case $target in
  concept:*) wanted="targets.conceptId=${target#concept:}" ;;
  *) wanted="targets.output=$target" ;;
esac

failed=0
for image; do
  # An answer of an error is wanted, too: it says why.
  if answer=$(curl --silent --show-error --fail-with-body --max-time 60 --data-binary "@$image" --url-query "$wanted" "http://$address/v1/$model:explain"); then
    name=${image//\\/\\\\}
    printf '{"image": "%s", %s}\n' "${name//\"/\\\"}" "$(grep -o '"scores": *\[[^]]*\]' <<<"$answer" | head -n 1)"
  else
    echo "$answer" >&2
    failed=1
  fi
done
exit $failed
