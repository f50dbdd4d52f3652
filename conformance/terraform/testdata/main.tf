terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region                  = "us-east-1"
  skip_metadata_api_check = true
}

variable "team" {
  default = "blue"
}

variable "home" {
  default = "first"
}

resource "aws_organizations_organization" "it" {
  feature_set                   = "ALL"
  aws_service_access_principals = ["account.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com", "iam.amazonaws.com"]
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY"]
}

locals {
  root = aws_organizations_organization.it.roots[0].id
}

resource "aws_iam_organizations_features" "it" {
  depends_on       = [aws_organizations_organization.it]
  enabled_features = var.team == "blue" ? ["RootCredentialsManagement", "RootSessions"] : ["RootSessions"]
}

resource "aws_organizations_organizational_unit" "first" {
  name      = "first"
  parent_id = local.root
  tags      = { team = var.team }
}

resource "aws_organizations_organizational_unit" "second" {
  name      = "second"
  parent_id = aws_organizations_organizational_unit.first.id
}

resource "aws_organizations_organizational_unit" "third" {
  name      = "third"
  parent_id = aws_organizations_organizational_unit.second.id
}

resource "aws_organizations_account" "member" {
  count             = 10
  name              = "member-${count.index}"
  email             = "member-${count.index}@terraform.example"
  parent_id         = count.index == 0 && var.home == "second" ? aws_organizations_organizational_unit.second.id : aws_organizations_organizational_unit.first.id
  close_on_deletion = true
  tags              = { team = var.team, number = tostring(count.index) }
}

resource "aws_organizations_policy" "scp" {
  depends_on  = [aws_organizations_organization.it]
  name        = "no-leaving"
  description = "for ${var.team}"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "stay", Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }]
  })
}

resource "aws_organizations_policy" "rcp" {
  depends_on = [aws_organizations_organization.it]
  name       = "inside-only"
  type       = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny", Principal = "*", Action = "s3:*", Resource = "*"
      Condition = { StringNotEqualsIfExists = { "aws:PrincipalOrgID" = aws_organizations_organization.it.id } }
    }]
  })
}

resource "aws_organizations_policy" "tag" {
  depends_on = [aws_organizations_organization.it]
  name       = "teams"
  type       = "TAG_POLICY"
  content    = jsonencode({ tags = { team = { tag_key = { "@@assign" = "team" }, tag_value = { "@@assign" = ["blue", "green"] } } } })
}

resource "aws_organizations_policy" "backup" {
  depends_on = [aws_organizations_organization.it]
  name       = "nightly"
  type       = "BACKUP_POLICY"
  content = jsonencode({
    plans = {
      nightly = {
        regions = { "@@assign" = ["eu-west-1"] }
        rules = {
          night = {
            schedule_expression      = { "@@assign" = "cron(0 5 ? * * *)" }
            target_backup_vault_name = { "@@assign" = "Default" }
          }
        }
        selections = {
          tags = {
            all = {
              iam_role_arn = { "@@assign" = "arn:aws:iam::$account:role/backup" }
              tag_key      = { "@@assign" = "backup" }
              tag_value    = { "@@assign" = ["yes"] }
            }
          }
        }
      }
    }
  })
}

resource "aws_organizations_policy_attachment" "it" {
  for_each = {
    scp    = aws_organizations_policy.scp.id
    rcp    = aws_organizations_policy.rcp.id
    tag    = aws_organizations_policy.tag.id
    backup = aws_organizations_policy.backup.id
  }
  policy_id = each.value
  target_id = aws_organizations_organizational_unit.first.id
}

resource "aws_organizations_delegated_administrator" "it" {
  account_id        = aws_organizations_account.member[1].id
  service_principal = "guardduty.amazonaws.com"
  depends_on        = [aws_organizations_organization.it]
}

resource "aws_organizations_resource_policy" "it" {
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid    = "readers", Effect = "Allow", Principal = { AWS = aws_organizations_account.member[2].id }
      Action = ["organizations:DescribeOrganization", "organizations:ListAccounts"], Resource = "*"
    }]
  })
  tags = { team = var.team }
}

data "aws_organizations_organization" "it" {
  depends_on = [aws_organizations_account.member]
}

data "aws_organizations_organizational_units" "it" {
  parent_id  = local.root
  depends_on = [aws_organizations_organizational_unit.third]
}

data "aws_organizations_organizational_unit" "it" {
  parent_id = local.root
  name      = aws_organizations_organizational_unit.first.name
}

data "aws_organizations_organizational_unit_child_accounts" "it" {
  parent_id  = aws_organizations_organizational_unit.first.id
  depends_on = [aws_organizations_account.member]
}

data "aws_organizations_organizational_unit_descendant_accounts" "it" {
  parent_id  = local.root
  depends_on = [aws_organizations_account.member]
}

data "aws_organizations_organizational_unit_descendant_organizational_units" "it" {
  parent_id  = local.root
  depends_on = [aws_organizations_organizational_unit.third]
}

data "aws_organizations_policies" "it" {
  filter     = "SERVICE_CONTROL_POLICY"
  depends_on = [aws_organizations_policy.scp]
}

data "aws_organizations_policy" "it" {
  policy_id = aws_organizations_policy.scp.id
}

data "aws_organizations_policies_for_target" "it" {
  target_id  = aws_organizations_organizational_unit.first.id
  filter     = "SERVICE_CONTROL_POLICY"
  depends_on = [aws_organizations_policy_attachment.it]
}

data "aws_organizations_resource_tags" "it" {
  resource_id = aws_organizations_account.member[3].id
}

data "aws_organizations_delegated_administrators" "it" {
  service_principal = aws_organizations_delegated_administrator.it.service_principal
}

data "aws_organizations_delegated_services" "it" {
  account_id = aws_organizations_delegated_administrator.it.account_id
}

data "aws_iam_role" "it" {
  name       = "AWSServiceRoleForOrganizations"
  depends_on = [aws_organizations_organization.it]
}

data "aws_iam_roles" "it" {
  path_prefix = "/aws-service-role/organizations.amazonaws.com/"
  depends_on  = [aws_organizations_organization.it]
}

output "organization" {
  value = aws_organizations_organization.it.id
}

output "unit" {
  value = aws_organizations_organizational_unit.third.id
}

output "member" {
  value = aws_organizations_account.member[4].id
}

output "scp" {
  value = aws_organizations_policy.scp.id
}

output "seen" {
  value = {
    members             = length(data.aws_organizations_organization.it.accounts)
    units               = length(data.aws_organizations_organizational_units.it.children)
    children            = length(data.aws_organizations_organizational_unit_child_accounts.it.accounts)
    descendants         = length(data.aws_organizations_organizational_unit_descendant_accounts.it.accounts)
    descendant_units    = length(data.aws_organizations_organizational_unit_descendant_organizational_units.it.children)
    unit_found          = data.aws_organizations_organizational_unit.it.id == aws_organizations_organizational_unit.first.id
    policies            = length(data.aws_organizations_policies.it.ids)
    policies_for_target = length(data.aws_organizations_policies_for_target.it.ids)
    same_content        = jsondecode(data.aws_organizations_policy.it.content) == jsondecode(aws_organizations_policy.scp.content)
    tags                = data.aws_organizations_resource_tags.it.tags.number
    administrators      = length(data.aws_organizations_delegated_administrators.it.delegated_administrators)
    services            = length(data.aws_organizations_delegated_services.it.delegated_services)
    roles               = length(data.aws_iam_roles.it.names)
    role_trusts         = jsondecode(data.aws_iam_role.it.assume_role_policy).Statement[0].Principal.Service
  }
}
