#!/bin/sh
# Our front against the same one in Node.js, paired in one run; prints the tables of
# src/site/markdown/benchmarks.md.
#   src/bench/front.sh [ROUNDS]
# Needs Linux, Maven, a JDK 25, and Node 20 or newer with npm. Everything is made under target/.
set -eu
cd "$(dirname "$0")/../.."

mvn -q -Pimage
mkdir -p target/node
cp src/bench/node/* target/node/
(
  cd target/node
  npm install --silent --no-package-lock --no-audit --no-fund
  npm run --silent bundle
)
mvn -q -Pbench -Dfront.rounds="${1:-20}" compile exec:exec@front
