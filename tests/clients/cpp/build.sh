#!/usr/bin/env bash
# build.sh FOLDER: generates the messages and compiles FOLDER/explain; again only when a source has changed.
# Debian: apt-get install g++ pkg-config libgrpc++-dev libprotobuf-dev protobuf-compiler protobuf-compiler-grpc
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
protos=$(cd "$here/../../../protos" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
[ -f "$out/explain" ] && [ -z "$(find "$here" "$protos/cdam" "$protos/google" -type f -newer "$out/explain")" ] && exit 0

rm -rf "$out"/{cdam,google,explain*}
cd "$protos"
mapfile -t files < <(find cdam google -name '*.proto')
protoc --cpp_out="$out" "${files[@]}"
protoc --grpc_out="$out" --plugin=protoc-gen-grpc="$(command -v grpc_cpp_plugin)" cdam/v1/explainer_service.proto

cd "$out"
cp "$here/explain.cpp" .
find . -name '*.cc' -o -name explain.cpp | xargs -P "$(nproc)" -I{} g++ -std=c++17 -O0 -I. $(pkg-config --cflags grpc++ protobuf) -c {} -o {}.o
find . -name '*.o' -print0 | xargs -0 sh -c 'exec g++ "$@" -o explain $(pkg-config --libs grpc++ protobuf)' link
