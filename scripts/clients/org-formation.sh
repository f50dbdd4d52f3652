#!/usr/bin/env bash
# Walks org-formation through the life of an organization that a template describes, on a twin of its own: units in two levels, accounts, tags and
# policies; a template that has changed; an account that is closed; and templates that change nothing, of which one is what org-formation itself
# writes down of the organization it finds.
#
# polity answers for Organizations, STS, IAM and Account Management. Support is asked of it too: it knows no operation of that service, which
# org-formation takes for the basic plan, as it takes AWS's own refusal. moto_server answers for the rest, which is the bucket of the state.
#
# It fails with the first difference, and is skipped where PATH lacks node, npm or moto_server, or npm cannot install. The first run takes half a
# minute or so, most of it the installation, which bin/ keeps.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

version=1.0.17
# The day up to which npm sees releases. It pins what org-formation depends on.
until=2026-11-01
management=111111111111

for name in "${!AWS_@}"; do unset "$name"; done
export AWS_ACCESS_KEY_ID=$management AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1 AWS_REGION=us-east-1
export AWS_EC2_METADATA_DISABLED=true AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null

# install sets client to org-formation's command, which it has npm install unless an earlier walk has.
install() {
    local home
    home=$(cd "$(dirname "$0")/../.." && pwd)/bin/org-formation/$version
    client=$home/node_modules/.bin/org-formation
    [ ! -e "$home/complete" ] || return 0
    rm -rf "$home"
    mkdir -p "$home"
    echo '{"private": true}' >"$home/package.json"
    (cd "$home" && npm install --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-timeout=30000 --before="$until" \
        "aws-organization-formation@$version") >"$work/npm" 2>&1 || {
        cat "$work/npm" >&2
        skip "npm cannot install org-formation"
    }
    touch "$home/complete"
}

# start_moto starts moto_server and sets moto.
start_moto() {
    moto_server -H 127.0.0.1 -p 0 >"$work/moto" 2>&1 &
    local child=$!
    children+=("$child")
    for _ in $(seq 300); do
        moto=$(sed -n 's/.*Running on \(http:[^ ]*\).*/\1/p' "$work/moto")
        if [ -n "$moto" ]; then
            return
        fi
        kill -0 "$child" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/moto" >&2
    die "moto_server does not start"
}

# formation runs one command of org-formation among the templates. A warning is a failure: it gives one for each account that it cannot enter.
formation() {
    (
        cd "$work/templates"
        export HOME=$PWD NODE_NO_WARNINGS=1 AWS_ENDPOINT_URL=$moto
        export AWS_ENDPOINT_URL_ORGANIZATIONS=$endpoint AWS_ENDPOINT_URL_STS=$endpoint AWS_ENDPOINT_URL_ACCOUNT=$endpoint
        export AWS_ENDPOINT_URL_IAM=$endpoint AWS_ENDPOINT_URL_SUPPORT=$endpoint
        "$client" "$@" --master-account-id "$management" --no-color --print-stack
    ) >"$work/said" 2>&1 || {
        cat "$work/said" >&2
        die "org-formation $*"
    }
    if grep -E '^(WARN|ERROR)' "$work/said" >&2; then
        die "org-formation $* complains"
    fi
}

# idle fails unless org-formation finds nothing to do, and has written nothing, for a template it has not seen.
idle() {
    local before
    before=$(writes)
    formation update "$@"
    grep -q 'up to date, no work to be done' "$work/said" || die "update $* finds work: $(cat "$work/said")"
    same "$before" "$(writes)" "writes after update $*"
}

writes() { grep -cE ' operation=(Attach|Close|Create|Delete|Detach|Disable|Enable|Move|Put|Tag|Untag|Update)[A-Z]' "$work/log" || true; }

# organization creates the organization or prints it, by way of the SDK that org-formation has brought along.
organization() {
    AWS_ENDPOINT_URL_ORGANIZATIONS=$endpoint NODE_NO_WARNINGS=1 node "$(dirname "$0")/organization.js" "$(dirname "$client")" "$1"
}

# stands fails unless the organization is as standard input draws it.
stands() {
    organization print >"$work/stands" || die "the organization cannot be read"
    diff - <(cut -f 2 "$work/stands") >&2 || die "$1"
}

# id prints the id that the organization last drawn has for a name.
id() { awk -F '\t' -v name="$1" '{ sub(/^ */, "", $2) } index($2, name ",") == 1 { print $1 }' "$work/stands"; }

# template writes the part that every template has.
template() {
    cat <<END
AWSTemplateFormatVersion: '2010-09-09-OC'
Description: $1
Organization:
  Management:
    Type: OC::ORG::MasterAccount
    Properties:
      AccountName: account-$management
      AccountId: '$management'
      RootEmail: $management@account.example
      Tags: {owner: platform}
  Root:
    Type: OC::ORG::OrganizationRoot
    Properties: {CloseAccountsOnRemoval: true}
END
}

# The parts of a template: the name that the template has for it, then its properties.
an_account() { echo "  $1: {Type: OC::ORG::Account, Properties: {AccountName: $2, RootEmail: $2@example.com, Tags: {$3}}}"; }
a_unit() {
    local properties="OrganizationalUnitName: $2, OrganizationalUnits: [$3], Accounts: [$4], ServiceControlPolicies: [$5]"
    echo "  $1: {Type: OC::ORG::OrganizationalUnit, Properties: {$properties}}"
}
a_policy() {
    local document="{Version: '2012-10-17', Statement: [{Effect: Deny, Action: '$4', Resource: '*'}]}"
    echo "  $1: {Type: OC::ORG::ServiceControlPolicy, Properties: {PolicyName: $2, Description: $3, PolicyDocument: $document}}"
}

first() {
    template "two levels of units"
    an_account Dev dev "stage: dev, budget: '100'"
    an_account Prod prod "stage: prod"
    a_policy Stay stay "accounts stay" organizations:LeaveOrganization
    a_policy People people "people come through the directory" iam:CreateUser
    a_unit Workloads workloads "!Ref Stage" "" "!Ref Stay, !Ref People"
    a_unit Stage stage "" "!Ref Dev, !Ref Prod" "!Ref People"
}

second() {
    template "a unit has a new name, another an account, and a policy other words"
    an_account Dev dev "stage: dev"
    an_account Prod prod "stage: production"
    a_policy Stay stay "accounts stay" organizations:LeaveOrganization
    a_policy People people "nobody by hand" "iam:Create*"
    a_unit Workloads workloads "!Ref Stage, !Ref Live" "" "!Ref Stay"
    a_unit Stage staging "" "!Ref Dev" "!Ref People"
    a_unit Live live "" "!Ref Prod" ""
}

third() {
    template "$1"
    an_account Prod prod "stage: production"
    a_policy People people "nobody by hand" "iam:Create*"
    a_unit Workloads workloads "!Ref Stage, !Ref Live" "" ""
    a_unit Stage staging "" "" "!Ref People"
    a_unit Live live "" "!Ref Prod" ""
}

for tool in node npm moto_server; do
    # A version manager's shim stands in PATH also when there is nothing behind it.
    "$tool" --version >/dev/null 2>&1 || "$tool" --help >/dev/null 2>&1 || skip "org-formation: $tool is not in PATH"
done
install
start_twin --log-level debug
start_moto
mkdir "$work/templates"

organization create
formation init found.yml --region us-east-1
grep -q "AccountId: '$management'" "$work/templates/found.yml" || die "init does not find the management account"

first >"$work/templates/first.yml"
formation update first.yml
stands "the first template" <<END
FullAWSAccess, Allows access to every operation, *
people, people come through the directory, iam:CreateUser
stay, accounts stay, organizations:LeaveOrganization
Root, FullAWSAccess
  account-$management, ACTIVE, owner=platform
  workloads, FullAWSAccess people stay
    stage, FullAWSAccess people
      dev, ACTIVE, budget=100 stage=dev
      prod, ACTIVE, stage=prod
END
stage=$(id stage)

second >"$work/templates/second.yml"
formation update second.yml
stands "the second template" <<END
FullAWSAccess, Allows access to every operation, *
people, nobody by hand, iam:Create*
stay, accounts stay, organizations:LeaveOrganization
Root, FullAWSAccess
  account-$management, ACTIVE, owner=platform
  workloads, FullAWSAccess stay
    live, FullAWSAccess
      prod, ACTIVE, stage=production
    staging, FullAWSAccess people
      dev, ACTIVE, stage=dev
END
same "$stage" "$(id staging)" "the unit with the new name"

# A closed account stands below the root, where org-formation puts it before it closes it.
third "an account is closed" >"$work/templates/third.yml"
formation update third.yml
stands "the third template" <<END
FullAWSAccess, Allows access to every operation, *
people, nobody by hand, iam:Create*
Root, FullAWSAccess
  account-$management, ACTIVE, owner=platform
  dev, SUSPENDED, stage=dev
  workloads, FullAWSAccess
    live, FullAWSAccess
      prod, ACTIVE, stage=production
    staging, FullAWSAccess people
END

third "the same in other words" >"$work/templates/same.yml"
idle same.yml
formation init again.yml --region us-east-1 --state-object again.json
sed 's/^Description:.*/Description: as it was found/' "$work/templates/again.yml" >"$work/templates/found.yml"
idle found.yml --state-object again.json

# Anything else that polity had refused, org-formation may have tried again in silence.
same "NoSuchEntity PolicyTypeAlreadyEnabledException UnknownOperationException" \
    "$(sed -n 's/.* code=\([A-Za-z][A-Za-z]*\) .*/\1/p' "$work/log" | sort -u | paste -sd ' ' -)" "what polity refused"

echo "org-formation: the story holds, with $(writes) writes"
