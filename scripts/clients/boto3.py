#!/usr/bin/env python3
"""Walks boto3 through the life of an organization, and through every operation, on a twin of its own.

Beyond the AWS CLI's walk it holds every answer against botocore's own model: the members, their types, the required ones, the enumerations, the
lengths and the patterns; pages one by one through the paginators; and asks for the errors by the classes that botocore makes of them. It
fails with the first difference, and is skipped where this Python has no boto3.

POLITY names the binary; without it one is built.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

# This file has the name of the library, which must not be found here.
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:] = [p for p in sys.path if pathlib.Path(p or ".").resolve() != HERE]

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError:
    print("*** SKIPPED: this Python has no boto3 ***", file=sys.stderr)
    sys.exit(0)

# Whatever the user has configured plays no part.
for name in [n for n in os.environ if n.startswith(("AWS_", "POLITY_"))]:
    del os.environ[name]
os.environ.update(AWS_EC2_METADATA_DISABLED="true", AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)

MANAGEMENT = "222222222222"


class Twin:
    """A twin that lives as long as the walk."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        binary = os.environ.get("POLITY")
        if not binary:
            binary = os.path.join(self.folder.name, "polity")
            subprocess.run(["go", "build", "-o", binary, "./cmd/polity"], cwd=HERE.parents[1], check=True)
        self.process = subprocess.Popen([binary, "dev", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if line.startswith("polity is ready at "):
                self.url = line.split()[-1]
                return self
        raise SystemExit("FAILED: the twin does not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()
        self.folder.cleanup()

    def client(self, service, key=MANAGEMENT, secret="any", token=None):
        made = boto3.client(
            service, endpoint_url=self.url, region_name="us-east-1", aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token,
            config=Config(retries={"total_max_attempts": 1}),
        )
        made.meta.events.register("after-call", hold)
        return made


checked = set()


def hold(parsed, model, http_response, **_):
    """Holds an answer against the model of its operation. Errors have a model too, which botocore knows by their code."""
    if http_response.status_code >= 300:
        return
    checked.add(model.name)
    answer = {k: v for k, v in parsed.items() if k != "ResponseMetadata"}
    if not parsed["ResponseMetadata"].get("RequestId"):
        raise AssertionError(f"{model.name}: the answer has no request id")
    if model.output_shape is not None:
        same_shape(answer, model.output_shape, model.name)


def same_shape(value, shape, where):
    {"structure": structure, "list": items, "string": text, "timestamp": moment}.get(shape.type_name, plain)(value, shape, where)


def structure(value, shape, where):
    assert isinstance(value, dict), f"{where} is no structure: {value!r}"
    unknown = set(value) - set(shape.members)
    assert not unknown, f"{where} has members that the model has not: {unknown}"
    missing = set(shape.required_members) - set(value)
    assert not missing, f"{where} lacks {missing}"
    for name, member in value.items():
        same_shape(member, shape.members[name], f"{where}.{name}")


def items(value, shape, where):
    assert isinstance(value, list), f"{where} is no list: {value!r}"
    for i, member in enumerate(value):
        same_shape(member, shape.member, f"{where}[{i}]")


def text(value, shape, where):
    if shape.name == "policyDocumentType":  # botocore has read it already
        assert isinstance(value, dict), f"{where} is no policy: {value!r}"
        return
    assert isinstance(value, str), f"{where} is no text: {value!r}"
    if shape.enum:
        assert value in shape.enum, f"{where} is none of {shape.enum}: {value!r}"
    if where == "GetUser.User.UserId":  # a root user's is its account, on AWS too, and shorter than the model has it
        return
    limits = shape.metadata
    assert limits.get("min", 0) <= len(value) <= limits.get("max", len(value)), f"{where} is too short or too long: {value!r}"
    if "pattern" in limits:
        assert re.search(python(limits["pattern"]), value), f"{where} does not match {limits['pattern']}: {value!r}"


def python(pattern):
    """The models write patterns in Java's words, of which Python lacks the classes. Those that stand here for them are a little wider."""
    return pattern.replace(r"\p{L}", r"\w").replace(r"\p{N}", r"\d").replace(r"\p{Z}", r"\s")


def moment(value, _, where):
    assert isinstance(value, datetime.datetime), f"{where} is no time: {value!r}"


def plain(value, shape, where):
    wanted = {"boolean": bool, "integer": int, "long": int}.get(shape.type_name)
    assert wanted is None or type(value) is wanted, f"{where} is no {shape.type_name}: {value!r}"


def same(wanted, got, what):
    assert wanted == got, f"{what}: wanted {wanted!r}, got {got!r}"


def refused(client, code, operation, reason=None, **given):
    """Fails unless the operation is refused by the exception that the client has for the code."""
    expected = getattr(client.exceptions, code, ClientError)
    said = next((s.error_code for s in client.meta.service_model.error_shapes if s.name == code), code)
    try:
        getattr(client, operation)(**given)
    except expected as e:
        same(said, e.response["Error"]["Code"], f"{operation} is refused with")
        same(reason, e.response.get("Reason"), f"{operation} is refused for")
        return
    raise AssertionError(f"{operation} is not refused")


def ended(client, request):
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        status = client.describe_create_account_status(CreateAccountRequestId=request)["CreateAccountStatus"]
        if status["State"] != "IN_PROGRESS":
            return status
        time.sleep(0.05)
    raise AssertionError("an account's creation does not end")


def one_by_one(client, operation, key, **given):
    """Reads a listing in pages of one and returns what it holds."""
    found = []
    for page in client.get_paginator(operation).paginate(PaginationConfig={"PageSize": 1}, **given):
        assert len(page[key]) <= 1, f"{operation}: a page of one holds {len(page[key])}"
        found += page[key]
    return found


def accounts(client):
    """Makes two accounts, and one that fails, and returns the ids of the two."""
    made = []
    for name in ("dev", "prod"):
        q = client.create_account(AccountName=name, Email=f"{name}@example.com", Tags=[{"Key": "stage", "Value": name}])["CreateAccountStatus"]
        status = ended(client, q["Id"])
        same("SUCCEEDED", status["State"], "a creation ends as")
        made.append(status["AccountId"])
    q = client.create_account(AccountName="again", Email="dev@example.com")["CreateAccountStatus"]
    same("EMAIL_ALREADY_EXISTS", ended(client, q["Id"]).get("FailureReason"), "the same address fails with")
    same([MANAGEMENT, *made], [a["Id"] for a in one_by_one(client, "list_accounts", "Accounts")], "members in the order of their joining")
    same(3, len(one_by_one(client, "list_create_account_status", "CreateAccountStatuses")), "creations")
    same(1, len(one_by_one(client, "list_create_account_status", "CreateAccountStatuses", States=["FAILED"])), "failed creations")
    return made


def units(client, root):
    """Makes three units, one below another, and returns their ids."""
    made = [client.create_organizational_unit(ParentId=root, Name=n)["OrganizationalUnit"]["Id"] for n in ("one", "two")]
    below = client.create_organizational_unit(ParentId=made[0], Name="one")["OrganizationalUnit"]["Id"]
    refused(client, "DuplicateOrganizationalUnitException", "create_organizational_unit", ParentId=root, Name="two")
    same(made, [u["Id"] for u in one_by_one(client, "list_organizational_units_for_parent", "OrganizationalUnits", ParentId=root)], "units below the root")
    same("one", client.describe_organizational_unit(OrganizationalUnitId=below)["OrganizationalUnit"]["Name"], "a unit's name")
    return [*made, below]


def moves(client, root, unit, account):
    client.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
    same([{"Id": unit, "Type": "ORGANIZATIONAL_UNIT"}], one_by_one(client, "list_parents", "Parents", ChildId=account), "parent after the move")
    same([account], [a["Id"] for a in one_by_one(client, "list_accounts_for_parent", "Accounts", ParentId=unit)], "accounts in the unit")
    refused(client, "SourceParentNotFoundException", "move_account", AccountId=account, SourceParentId=root, DestinationParentId=unit)
    refused(client, "DuplicateAccountException", "move_account", AccountId=account, SourceParentId=unit, DestinationParentId=unit)


def tags(client, account):
    client.tag_resource(ResourceId=account, Tags=[{"Key": "owner", "Value": "platform"}])
    # This listing has pages, but no page size.
    listed = client.get_paginator("list_tags_for_resource").paginate(ResourceId=account).build_full_result()["Tags"]
    same({"owner": "platform", "stage": "dev"}, {t["Key"]: t["Value"] for t in listed}, "tags")
    client.untag_resource(ResourceId=account, TagKeys=["stage"])
    same([{"Key": "owner", "Value": "platform"}], client.list_tags_for_resource(ResourceId=account)["Tags"], "tags that are left")


def refusals(client):
    refused(client, "AccountNotFoundException", "describe_account", AccountId="999999999999")
    refused(client, "CreateAccountStatusNotFoundException", "describe_create_account_status", CreateAccountRequestId="car-" + "0" * 32)
    refused(client, "OrganizationalUnitNotFoundException", "describe_organizational_unit", OrganizationalUnitId="ou-aaaa-aaaaaaaa")
    refused(client, "InvalidInputException", "list_accounts", reason="INVALID_NEXT_TOKEN", NextToken="nonsense")
    refused(client, "AlreadyInOrganizationException", "create_organization", FeatureSet="ALL")


SCP = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
TAGS = '{"tags":{"team":{"tag_key":{"@@assign":"team"},"tag_value":{"@@assign":["blue","green"]}}}}'


def policies(client, root, unit, account):
    """Enables types, makes and attaches policies, and reads what takes effect."""
    for kind in ("SERVICE_CONTROL_POLICY", "TAG_POLICY"):
        client.enable_policy_type(RootId=root, PolicyType=kind)
    refused(client, "PolicyTypeAlreadyEnabledException", "enable_policy_type", RootId=root, PolicyType="TAG_POLICY")
    made = [
        client.create_policy(Name=name, Description="", Type=kind, Content=content)["Policy"]["PolicySummary"]["Id"]
        for name, kind, content in (("deny", "SERVICE_CONTROL_POLICY", SCP), ("teams", "TAG_POLICY", TAGS))
    ]
    refused(client, "MalformedPolicyDocumentException", "create_policy", Name="x", Description="", Type="SERVICE_CONTROL_POLICY", Content="{}")
    for policy in made:
        client.attach_policy(PolicyId=policy, TargetId=unit)
        same([unit], [t["TargetId"] for t in one_by_one(client, "list_targets_for_policy", "Targets", PolicyId=policy)], "targets of a policy")
    refused(client, "DuplicatePolicyAttachmentException", "attach_policy", PolicyId=made[0], TargetId=unit)
    same(TAGS, client.describe_policy(PolicyId=made[1])["Policy"]["Content"], "a policy's content")
    same(2, len(one_by_one(client, "list_policies", "Policies", Filter="SERVICE_CONTROL_POLICY")), "service control policies")
    same(2, len(one_by_one(client, "list_policies_for_target", "Policies", TargetId=unit, Filter="SERVICE_CONTROL_POLICY")), "policies of the unit")
    effective = client.describe_effective_policy(PolicyType="TAG_POLICY", TargetId=account)["EffectivePolicy"]["PolicyContent"]
    same({"tags": {"team": {"tag_key": "team", "tag_value": ["blue", "green"]}}}, json.loads(effective), "the effective policy")
    same([], one_by_one(client, "list_accounts_with_invalid_effective_policy", "Accounts", PolicyType="TAG_POLICY"), "invalid accounts")
    client.list_effective_policy_validation_errors(AccountId=account, PolicyType="TAG_POLICY")
    client.update_policy(PolicyId=made[1], Description="of teams")
    refused(client, "PolicyInUseException", "delete_policy", PolicyId=made[0])
    refused(client, "ConstraintViolationException", "detach_policy", "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", PolicyId="p-FullAWSAccess", TargetId=root)
    client.detach_policy(PolicyId=made[0], TargetId=unit)
    client.delete_policy(PolicyId=made[0])
    client.disable_policy_type(RootId=root, PolicyType="TAG_POLICY")


def delegation(client, account):
    """Trusts a service, delegates it, and lets a member read by resource policy."""
    service = {"ServicePrincipal": "guardduty.amazonaws.com"}
    refused(client, "ConstraintViolationException", "register_delegated_administrator", "SERVICE_ACCESS_NOT_ENABLED", AccountId=account, **service)
    client.enable_aws_service_access(**service)
    same(1, len(one_by_one(client, "list_aws_service_access_for_organization", "EnabledServicePrincipals")), "trusted services")
    client.register_delegated_administrator(AccountId=account, **service)
    same([account], [a["Id"] for a in one_by_one(client, "list_delegated_administrators", "DelegatedAdministrators")], "delegated administrators")
    same(1, len(one_by_one(client, "list_delegated_services_for_account", "DelegatedServices", AccountId=account)), "delegated services")
    client.deregister_delegated_administrator(AccountId=account, **service)
    client.disable_aws_service_access(**service)
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "organizations:ListAccounts", "Resource": "*"}]}
    client.put_resource_policy(Content=json.dumps(document))
    client.describe_resource_policy()
    client.delete_resource_policy()
    refused(client, "ResourcePolicyNotFoundException", "describe_resource_policy")


def handshakes(twin, client):
    """Invites three accounts, which accept, decline and are not waited for; the first one leaves again."""
    guests = ["333333333331", "333333333332", "333333333333"]
    asked = [
        client.invite_account_to_organization(Target={"Id": g, "Type": "ACCOUNT"}, Notes="please")["Handshake"]["Id"]
        for g in guests
    ]
    first, second = twin.client("organizations", guests[0]), twin.client("organizations", guests[1])
    same(asked[:1], [h["Id"] for h in one_by_one(first, "list_handshakes_for_account", "Handshakes")], "what the guest received")
    same("ACCEPTED", first.accept_handshake(HandshakeId=asked[0])["Handshake"]["State"], "accepted")
    same("DECLINED", second.decline_handshake(HandshakeId=asked[1])["Handshake"]["State"], "declined")
    same("CANCELED", client.cancel_handshake(HandshakeId=asked[2])["Handshake"]["State"], "canceled")
    refused(client, "HandshakeAlreadyInStateException", "cancel_handshake", HandshakeId=asked[2])
    client.describe_handshake(HandshakeId=asked[0])
    same(3, len(one_by_one(client, "list_handshakes_for_organization", "Handshakes")), "handshakes")
    first.leave_organization()
    again = client.invite_account_to_organization(Target={"Id": guests[1], "Type": "ACCOUNT"})["Handshake"]["Id"]
    second.accept_handshake(HandshakeId=again)
    client.remove_account_from_organization(AccountId=guests[1])


def next_month():
    now = datetime.datetime.now(datetime.timezone.utc)
    months = now.year * 12 + now.month + (1 if now.day < 27 else 2) - 1
    return datetime.datetime(months // 12, months % 12 + 1, 1, tzinfo=datetime.timezone.utc)


def other_organization(twin, client):
    """Lets a second organization hand over its bill, and turn from billing to all features."""
    other = twin.client("organizations", "444444444444")
    other.create_organization(FeatureSet="CONSOLIDATED_BILLING")
    offer = client.invite_organization_to_transfer_responsibility(
        Type="BILLING", Target={"Id": "444444444444", "Type": "ACCOUNT"}, StartTimestamp=next_month(), SourceName="the bill",
    )["Handshake"]["Id"]
    transfer = client.list_inbound_responsibility_transfers(Type="BILLING")["ResponsibilityTransfers"][0]["Id"]
    other.accept_handshake(HandshakeId=offer)
    other.list_outbound_responsibility_transfers(Type="BILLING")
    same("ACCEPTED", client.describe_responsibility_transfer(Id=transfer)["ResponsibilityTransfer"]["Status"], "the transfer is")
    client.update_responsibility_transfer(Id=transfer, Name="their bill")
    client.terminate_responsibility_transfer(Id=transfer)
    parent = other.enable_all_features()["Handshake"]["Id"]
    other.accept_handshake(HandshakeId=parent)
    same("ALL", other.describe_organization()["Organization"]["FeatureSet"], "the features are")


def endings(twin, client, root, unit, account):
    """Prunes the tree, closes an account, pairs another, and ends an organization."""
    same([account], [c["Id"] for c in one_by_one(client, "list_children", "Children", ParentId=unit, ChildType="ACCOUNT")], "children of the unit")
    spare = client.create_organizational_unit(ParentId=root, Name="spare")["OrganizationalUnit"]["Id"]
    client.update_organizational_unit(OrganizationalUnitId=spare, Name="over")
    client.delete_organizational_unit(OrganizationalUnitId=spare)
    refused(client, "OrganizationalUnitNotEmptyException", "delete_organizational_unit", OrganizationalUnitId=unit)
    pair = client.create_gov_cloud_account(AccountName="gov", Email="gov@example.com")["CreateAccountStatus"]["Id"]
    assert ended(client, pair).get("GovCloudAccountId"), "a pair has no account in GovCloud"
    client.close_account(AccountId=account)
    assert client.describe_account(AccountId=account)["Account"]["Status"] != "ACTIVE", "a closed account is active"
    lone = twin.client("organizations", "555555555555")
    lone.create_organization()
    lone.delete_organization()
    refused(client, "OrganizationNotEmptyException", "delete_organization")


def inside(twin, account):
    """Assumes the new account's role and acts in it."""
    sts = twin.client("sts")
    role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    c = sts.assume_role(RoleArn=role, RoleSessionName="walk")["Credentials"]
    given = c["AccessKeyId"], c["SecretAccessKey"], c["SessionToken"]
    me = twin.client("sts", *given).get_caller_identity()
    same((account, f"arn:aws:sts::{account}:assumed-role/OrganizationAccountAccessRole/walk"), (me["Account"], me["Arn"]), "the caller in the new account")
    member = twin.client("organizations", *given)
    same(MANAGEMENT, member.describe_organization()["Organization"]["MasterAccountId"], "the organization as a member sees it")
    refused(member, "AccessDeniedException", "list_accounts")


TASK = "arn:aws:iam::aws:policy/root-task/"


def neighbours(twin, client, account):
    """Asks IAM who is there, gives a service its role, and acts as a member's root user."""
    iam, sts = twin.client("iam"), twin.client("sts")
    c = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", RoleSessionName="walk")["Credentials"]
    inside = twin.client("iam", c["AccessKeyId"], c["SecretAccessKey"], c["SessionToken"])
    roles = [r["RoleName"] for r in one_by_one(inside, "list_roles", "Roles")]
    same(["AWSServiceRoleForOrganizations", "OrganizationAccountAccessRole"], roles, "roles of the new account")
    trust = inside.get_role(RoleName=roles[1])["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]
    same({"AWS": f"arn:aws:iam::{MANAGEMENT}:root"}, trust, "whom the role trusts")
    refused(inside, "NoSuchEntityException", "get_role", RoleName="Nobody")
    same(f"arn:aws:iam::{MANAGEMENT}:root", iam.get_user()["User"]["Arn"], "the user that calls")
    same([], one_by_one(iam, "list_account_aliases", "AccountAliases"), "aliases")
    refused(iam, "NoSuchEntityException", "get_account_password_policy")
    same("AWSServiceRoleForConfig", inside.create_service_linked_role(AWSServiceName="config.amazonaws.com")["Role"]["RoleName"], "the service's role")
    refused(inside, "InvalidInputException", "create_service_linked_role", AWSServiceName="config.amazonaws.com")
    refused(iam, "ServiceAccessNotEnabledException", "list_organizations_features")
    client.enable_aws_service_access(ServicePrincipal="iam.amazonaws.com")
    same([], iam.list_organizations_features()["EnabledFeatures"], "features at first")
    iam.enable_organizations_root_credentials_management()
    both = ["RootCredentialsManagement", "RootSessions"]
    same(both, iam.enable_organizations_root_sessions()["EnabledFeatures"], "features")
    c = sts.assume_root(TargetPrincipal=account, TaskPolicyArn={"arn": TASK + "IAMAuditRootUserCredentials"})["Credentials"]
    root = twin.client("sts", c["AccessKeyId"], c["SecretAccessKey"], c["SessionToken"]).get_caller_identity()
    same(f"arn:aws:iam::{account}:root", root["Arn"], "the caller as the member's root user")
    iam.disable_organizations_root_credentials_management()
    same([], iam.disable_organizations_root_sessions()["EnabledFeatures"], "features that are left")
    client.disable_aws_service_access(ServicePrincipal="iam.amazonaws.com")


def walk(twin):
    client = twin.client("organizations")
    refused(client, "AWSOrganizationsNotInUseException", "describe_organization")
    same(MANAGEMENT, client.create_organization(FeatureSet="ALL")["Organization"]["MasterAccountId"], "management account")
    client.describe_organization()
    root = one_by_one(client, "list_roots", "Roots")[0]["Id"]
    dev, prod = accounts(client)
    unit = units(client, root)[2]
    moves(client, root, unit, dev)
    tags(client, dev)
    refusals(client)
    client.describe_account(AccountId=dev)
    inside(twin, dev)
    neighbours(twin, client, dev)
    policies(client, root, unit, dev)
    delegation(client, prod)
    handshakes(twin, client)
    other_organization(twin, client)
    endings(twin, client, root, unit, dev)
    unheld = {n for n in client.meta.service_model.operation_names if n not in checked}
    assert not unheld, f"operations whose answers were not held against the model: {sorted(unheld)}"


if __name__ == "__main__":
    with Twin() as running:
        try:
            walk(running)
        except (AssertionError, ClientError) as e:
            print(f"FAILED: {e}", file=sys.stderr)
            sys.exit(1)
    print(f"boto3: the story holds, {len(checked)} operations answer as botocore's model says")
