#!/usr/bin/env bash
# Walks the AWS CLI through the life of an organization on a twin of its own: create it, create an account and wait for it, units, move, tags,
# and the way into the new account. It fails with the first answer that is not as AWS gives it, and is skipped where PATH has no aws.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

aws --version >/dev/null 2>&1 || skip "the AWS CLI is not in PATH"
start_twin

export AWS_ACCESS_KEY_ID=111111111111 AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
unset AWS_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL

# organizations asks one operation and prints what --query picks.
organizations() { aws --endpoint-url "$endpoint" --output text organizations "$@"; }

# refused fails unless the operation is refused with the code.
refused() {
    local code=$1
    shift
    if organizations "$@" >/dev/null 2>"$work/error"; then
        die "$* is not refused"
    fi
    grep -q "($code)" "$work/error" || die "$*: wanted $code, got $(cat "$work/error")"
}

refused AWSOrganizationsNotInUseException describe-organization

same 111111111111 "$(organizations create-organization --query Organization.MasterAccountId)" "management account"
refused AlreadyInOrganizationException create-organization
same ALL "$(organizations describe-organization --query Organization.FeatureSet)" "feature set"

request=$(organizations create-account --account-name dev --email dev@example.com --tags Key=stage,Value=dev --query CreateAccountStatus.Id)
state=IN_PROGRESS
for _ in $(seq 30); do
    state=$(organizations describe-create-account-status --create-account-request-id "$request" --query CreateAccountStatus.State)
    [ "$state" = IN_PROGRESS ] || break
    sleep 0.2
done
same SUCCEEDED "$state" "the account's creation"
account=$(organizations describe-create-account-status --create-account-request-id "$request" --query CreateAccountStatus.AccountId)
[[ $account =~ ^[0-9]{12}$ ]] || die "the account's id is '$account'"

same 2 "$(organizations list-accounts --query 'length(Accounts)')" "members"
same dev@example.com "$(organizations describe-account --account-id "$account" --query Account.Email)" "address"
same "CREATED	ACTIVE" "$(organizations describe-account --account-id "$account" --query 'Account.[JoinedMethod,Status]')" "joining"

# The same address again is accepted, and comes to nothing later.
again=$(organizations create-account --account-name dev2 --email DEV@example.com --query CreateAccountStatus.Id)
for _ in $(seq 30); do
    why=$(organizations describe-create-account-status --create-account-request-id "$again" --query CreateAccountStatus.FailureReason)
    [ "$why" = None ] || break
    sleep 0.2
done
same EMAIL_ALREADY_EXISTS "$why" "the second creation's failure"

root=$(organizations list-roots --query 'Roots[0].Id')
unit=$(organizations create-organizational-unit --parent-id "$root" --name workloads --query OrganizationalUnit.Id)
[[ $unit =~ ^ou-${root#r-}- ]] || die "the unit's id '$unit' does not carry its root's"
refused DuplicateOrganizationalUnitException create-organizational-unit --parent-id "$root" --name workloads
same workloads "$(organizations list-organizational-units-for-parent --parent-id "$root" --query 'OrganizationalUnits[].Name')" "units"

organizations move-account --account-id "$account" --source-parent-id "$root" --destination-parent-id "$unit"
same "$unit" "$(organizations list-parents --child-id "$account" --query 'Parents[0].Id')" "parent after the move"
same "$account" "$(organizations list-accounts-for-parent --parent-id "$unit" --query 'Accounts[].Id')" "accounts in the unit"
refused SourceParentNotFoundException move-account --account-id "$account" --source-parent-id "$root" --destination-parent-id "$unit"

organizations tag-resource --resource-id "$account" --tags Key=owner,Value=platform
same "owner=platform stage=dev" "$(organizations list-tags-for-resource --resource-id "$account" --query 'Tags[].[Key,Value]' | tr '\t' = | sort | paste -sd ' ')" "tags"
organizations untag-resource --resource-id "$account" --tag-keys stage
same owner "$(organizations list-tags-for-resource --resource-id "$account" --query 'Tags[].Key')" "tags that are left"

refused AccountNotFoundException describe-account --account-id 999999999999

iam() { aws --endpoint-url "$endpoint" --output text iam "$@"; }
same "arn:aws:iam::111111111111:root" "$(iam get-user --query User.Arn)" "the user that calls"
same 1 "$(iam list-roles --query 'length(Roles)')" "roles of the management account"
organizations enable-aws-service-access --service-principal iam.amazonaws.com
same RootSessions "$(iam enable-organizations-root-sessions --query EnabledFeatures)" "features of centralized root access"
same ASIA "$(aws --endpoint-url "$endpoint" --output text sts assume-root --target-principal "$account" \
    --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy --query Credentials.AccessKeyId | cut -c 1-4)" "key of a root user's session"

read -r id secret token <<<"$(aws --endpoint-url "$endpoint" --output text sts assume-role \
    --role-arn "arn:aws:iam::$account:role/OrganizationAccountAccessRole" --role-session-name walk \
    --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]')"
export AWS_ACCESS_KEY_ID=$id AWS_SECRET_ACCESS_KEY=$secret AWS_SESSION_TOKEN=$token
same "$account	arn:aws:sts::$account:assumed-role/OrganizationAccountAccessRole/walk" \
    "$(aws --endpoint-url "$endpoint" --output text sts get-caller-identity --query '[Account,Arn]')" "the caller inside the new account"
refused AccessDeniedException list-accounts

echo "aws-cli: the story holds"
