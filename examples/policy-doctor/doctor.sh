#!/usr/bin/env bash
# Finds the hole in an MFA policy, corrects it in a copy, and proves the correction. README.md beside this file tells more.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/*.json "$work"
cd "$work"

twinlock() { PATH=$here/../../node_modules/.bin:$PATH node "$here/../../packages/cli/src/main.ts" "$@"; }

# passes COMMAND… and fails COMMAND…: shows the command and what it answers, which is to end so.
passes() {
  printf '\n$ %s\n' "$*"
  "$@"
}
fails() {
  printf '\n$ %s\n' "$*"
  if "$@" 2>&1; then echo "this was to fail" >&2 && exit 1; fi
}

expected=no=deny,fresh=allow,stale=allow

printf '== Meant: without MFA nothing but enrolling. In truth: every long-term key passes.\n'
fails twinlock policy simulate --policy work.json mfa-or-nothing.json --action s3:GetObject --expect $expected

printf '\n== The doctor knows why.\n'
fails twinlock policy lint mfa-or-nothing.json --severity error

printf '\n== Corrected, it holds what it promises.\n'
passes twinlock policy lint mfa-or-nothing.json --fix --severity error
passes twinlock policy simulate --policy work.json mfa-or-nothing.json --action s3:GetObject --expect $expected
passes twinlock policy simulate --policy work.json mfa-or-nothing.json --action iam:EnableMFADevice \
  --caller arn:aws:iam::123456789012:user/ana --resource arn:aws:iam::123456789012:user/ana --expect no=allow
passes twinlock policy coverage --policy work.json mfa-or-nothing.json --only without-mfa

printf '\n== A role that wants the MFA of this hour.\n'
passes twinlock policy simulate --trust trust.json --caller arn:aws:iam::123456789012:user/ana \
  --resource arn:aws:iam::123456789012:role/deploy --expect no=deny,fresh=allow,stale=deny
