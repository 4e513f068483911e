#!/usr/bin/env bash
# The session of AWS's MFA guides for the command line, against a running Twinlock. README.md beside this file tells more.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
data=$(realpath "${1:-data}")
if [[ ! -f $data/aws/config ]]; then
  echo "No Twinlock keeps its data in $data: start one, or name its folder." >&2
  exit 2
fi
endpoint=$(sed -n 's/^endpoint_url = //p' "$data/aws/config")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Everything of this session lives in $work: nothing of yours is read or changed.
export AWS_CONFIG_FILE=$work/config AWS_SHARED_CREDENTIALS_FILE=$work/credentials HOME=$work AWS_PAGER=
export TWINLOCK_AUTHENTICATOR_FILE=$work/authenticator.json TWINLOCK_AUTHENTICATOR_KEY_FILE=$work/authenticator.key
cp "$data/aws/config" "$data/aws/credentials" "$work"
cd "$work"

aws() { command "${AWS:-aws}" --endpoint-url "$endpoint" --output text "$@"; }
twinlock() { PATH=$here/../../node_modules/.bin:$PATH node "$here/../../packages/cli/src/main.ts" "$@"; }

# Before each step: waits for Enter when somebody reads along.
exec 3<&0 </dev/null
step() {
  printf '\n== %s\n' "$1"
  if [[ -t 3 || -n ${PAUSE:-} ]]; then read -r <&3; fi
}

# granted COMMAND…: shows the command and what it answers. refused TEXT COMMAND…: it must fail, with this text.
granted() {
  echo "$ $*"
  "$@"
}
refused() {
  local text=$1 answer
  shift
  echo "$ $*"
  if answer=$("$@" 2>&1); then
    echo "$answer" && echo "this was to be refused" >&2 && exit 1
  fi
  echo "${answer#$'\n'}"
  [[ $answer == *"$text"* ]] || { echo "this was to be refused with: $text" >&2 && exit 1; }
}

# profile NAME: keeps credentials, three words on stdin, as a profile of their own.
profile() {
  local id secret token
  read -r id secret token
  {
    printf '\n[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n' "$1" "$id" "$secret"
    if [[ -n $token ]]; then echo "aws_session_token = $token"; fi
  } >>"$AWS_SHARED_CREDENTIALS_FILE"
  printf '\n[profile %s]\nregion = us-east-1\nendpoint_url = %s\n' "$1" "$endpoint" >>"$AWS_CONFIG_FILE"
}

# session FROM TO OPTION…: temporary credentials of the profile FROM as the profile TO.
session() {
  local from=$1 to=$2
  shift 2
  echo "$ aws --profile $from sts get-session-token $*"
  aws --profile "$from" sts get-session-token "$@" \
    --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' | profile "$to"
}

# user NAME GROUP: a user in a group, and its access key as a profile.
user() {
  granted aws --profile root iam create-user --user-name "$1" --query User.Arn
  granted aws --profile root iam add-user-to-group --group-name "$2" --user-name "$1"
  aws --profile root iam create-access-key --user-name "$1" \
    --query 'AccessKey.[AccessKeyId,SecretAccessKey]' | profile "$1"
}

# fresh_code DEVICE: a code is taken once, so the running one or the next, whichever was not used yet. A fast machine waits.
fresh_code() {
  local code ahead
  while true; do
    for ahead in '' --next; do
      code=$(twinlock authenticator code "$1" $ahead 2>>hints)
      if ! grep -qs "^$1 $code$" used; then
        echo "$1 $code" >>used
        echo "$code"
        return
      fi
    done
    sleep 1
  done
}

# consecutive_codes DEVICE: the running code and the next, both read within one time step of 30 seconds.
time_step() { echo $(($(date +%s) / 30)); }
consecutive_codes() {
  local step first next
  while true; do
    step=$(time_step)
    first=$(twinlock authenticator code "$1" 2>>hints)
    next=$(twinlock authenticator code "$1" --next 2>>hints)
    if ((step == $(time_step))); then break; fi
  done
  echo "$first $next"
}

# What the session makes is not to be there: it takes away nothing of others.
names=$(aws --profile root iam list-users --query 'Users[].UserName')
names+=$'\n'$(aws --profile root iam list-groups --query 'Groups[].GroupName')
if taken=$(tr '\t' '\n' <<<"$names" | grep -xm1 -E 'dev|admin|developers|administrators'); then
  echo "This Twinlock has \`$taken\` already, and the session wants one of its own, such as that of:" >&2
  echo "  npm start -- --data data-session --listen 127.0.0.1:6239" >&2
  exit 2
fi

account=$(aws --profile root sts get-caller-identity --query Account)
dev_phone=arn:aws:iam::$account:mfa/dev-phone
admin_phone=arn:aws:iam::$account:mfa/admin-phone
role=arn:aws:iam::$account:role/ProductionAdmin-Role

step '1. Root makes a group that is denied nearly everything without MFA, and the user dev'
for group in developers administrators; do
  granted aws --profile root iam create-group --group-name $group --query Group.Arn
  granted aws --profile root iam put-group-policy --group-name $group --policy-name without-mfa \
    --policy-document "file://$here/deny-without-mfa.json"
done
granted aws --profile root iam put-group-policy --group-name developers --policy-name work \
  --policy-document "file://$here/developers.json"
granted aws --profile root iam attach-group-policy --group-name administrators \
  --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
user dev developers
user admin administrators
granted twinlock mfa enroll --profile admin --endpoint-url "$endpoint" --name admin-phone --authenticator
enrolled=$(time_step)

step '2. dev without MFA: nothing but enrolling a device, with two consecutive codes'
refused 'with an explicit deny in an identity-based policy' aws --profile dev iam list-access-keys
granted aws --profile dev iam create-virtual-mfa-device --virtual-mfa-device-name dev-phone \
  --outfile qr.png --bootstrap-method QRCodePNG
if command -v zbarimg >/dev/null; then
  zbarimg --quiet --raw qr.png 2>>hints >uri
  sed 's/secret=[A-Z2-7]*/secret=…/' uri
  granted twinlock authenticator add dev-phone --uri - <uri
else
  granted twinlock authenticator add dev-phone --qr qr.png
fi

enable=(aws --profile dev iam enable-mfa-device --user-name dev --serial-number "$dev_phone")
not_valid='(InvalidAuthenticationCode) when calling the EnableMFADevice operation: Authentication code for device is not valid.'
read -r first next <<<"$(consecutive_codes dev-phone)"
refused "$not_valid" "${enable[@]}" --authentication-code1 "$first" --authentication-code2 "$first"
refused "$not_valid" "${enable[@]}" --authentication-code1 "$next" --authentication-code2 "$first"
refused "$not_valid" "${enable[@]}" --authentication-code1 000000 --authentication-code2 000001
granted "${enable[@]}" --authentication-code1 "$first" --authentication-code2 "$next"
granted aws --profile dev iam list-mfa-devices --query 'MFADevices[].[UserName,SerialNumber]'

step '3. A session with MFA: each code opens one, once'
get_session=(aws --profile dev sts get-session-token --serial-number)
wrong_code='(AccessDenied) when calling the GetSessionToken operation: MultiFactorAuthentication failed with invalid MFA one time pass code. '
refused "$wrong_code" "${get_session[@]}" "$dev_phone" --token-code 000000
refused 'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.' \
  "${get_session[@]}" "$admin_phone" --token-code "$(fresh_code admin-phone)"
code=$(fresh_code dev-phone)
session dev dev-mfa --serial-number "$dev_phone" --token-code "$code"
refused "$wrong_code" "${get_session[@]}" "$dev_phone" --token-code "$code"
granted aws --profile dev-mfa iam list-access-keys --query 'AccessKeyMetadata[].[UserName,Status]'

session dev dev-without-mfa
refused '(InvalidClientTokenId) when calling the GetUser operation: The security token included in the request is invalid' \
  aws --profile dev-without-mfa iam get-user

step '4. A role that wants MFA of this hour'
sed "s/ACCOUNT/$account/" "$here/trust.json" >trust.json
granted aws --profile root iam create-role --role-name ProductionAdmin-Role \
  --assume-role-policy-document file://trust.json --query Role.Arn
assume=(sts assume-role --role-arn "$role" --role-session-name dev --query AssumedRoleUser.Arn)
refused "User: arn:aws:iam::$account:user/dev is not authorized to perform: sts:AssumeRole on resource: $role" \
  aws --profile dev "${assume[@]}"
granted aws --profile dev-mfa "${assume[@]}"
granted aws --profile dev "${assume[@]}" --serial-number "$dev_phone" --token-code "$(fresh_code dev-phone)"

# The profile form. The CLI asks the terminal for the code, and stdin where there is none: setsid takes it away.
cat >>"$AWS_CONFIG_FILE" <<CONFIG
[profile production]
role_arn = $role
source_profile = dev
mfa_serial = $dev_phone
endpoint_url = $endpoint
region = us-east-1
CONFIG
# From 2.13 on the CLI follows endpoint_url when it assumes the role; an older one is told where STS is by rules of its own form.
mkdir -p models/sts/2011-06-15
cat >models/sts/2011-06-15/endpoint-rule-set-1.json <<RULES
{ "version": "1.0", "parameters": {}, "rules": [{ "type": "endpoint", "conditions": [], "endpoint": { "url": "$endpoint" } }] }
RULES
export AWS_DATA_PATH=$work/models
fresh_code dev-phone | granted setsid --wait "${AWS:-aws}" --profile production --output text \
  sts get-caller-identity --query Arn

step '5. The phone is lost: an administrator with MFA removes it, and dev enrols another; a phone is resynchronised'
session admin admin-mfa --serial-number "$admin_phone" --token-code "$(fresh_code admin-phone)"
refused 'with an explicit deny' \
  aws --profile admin iam deactivate-mfa-device --user-name dev --serial-number "$dev_phone"
granted aws --profile admin-mfa iam deactivate-mfa-device --user-name dev --serial-number "$dev_phone"
granted aws --profile admin-mfa iam delete-virtual-mfa-device --serial-number "$dev_phone"
granted twinlock mfa enroll --profile dev --endpoint-url "$endpoint" --name dev-phone-2 --authenticator
granted aws --profile dev iam list-mfa-devices --query 'MFADevices[].SerialNumber'

# A phone that is out of sync. Both codes must be newer than those that enrolled it.
while (($(time_step) < enrolled + 2)); do sleep 1; done
read -r first next <<<"$(consecutive_codes admin-phone)"
granted aws --profile admin iam resync-mfa-device --user-name admin --serial-number "$admin_phone" \
  --authentication-code1 "$first" --authentication-code2 "$next"

printf '\nEvery answer was as it should be.\n'
