package sweep_test

import "testing"

// awsIAMRows are the operations of AWS IAM.
var awsIAMRows = func() map[string]queryRow {
	missing := fault{403, "MissingAuthenticationToken"}
	member, nowhere := fault{400, "AccountNotManagementOrDelegatedAdministratorException"}, fault{400, "OrganizationNotFoundException"}
	untrusted, invalid, none := fault{400, "ServiceAccessNotEnabledException"}, fault{400, "ValidationError"}, fault{404, "NoSuchEntity"}
	refusedName, unknown := fault{400, "InvalidInput"}, fault{400, "InvalidAction"}
	given := func(name, value string) func(house) map[string]string {
		return func(house) map[string]string { return map[string]string{name: value} }
	}
	rows := map[string]queryRow{
		"GetUser":                           {nil, missing, invalid, answered, answered},
		"ListRoles":                         {nil, missing, answered, answered, answered},
		"ListAccountAliases":                {nil, missing, answered, answered, answered},
		"GetAccountPasswordPolicy":          {nil, missing, none, none, none},
		"GetRole":                           {given("RoleName", awsRole), missing, answered, none, none},
		"CreateServiceLinkedRole":           {given("AWSServiceName", "nobody.amazonaws.com"), missing, refusedName, refusedName, refusedName},
		"GenerateOrganizationsAccessReport": {nil, missing, unserved, unserved, unserved},
		"GetOrganizationsAccessReport":      {nil, missing, unserved, unserved, unserved},
		"CreateUser":                        {given("UserName", "x"), missing, unknown, unknown, unknown},
	}
	for _, name := range []string{
		"ListOrganizationsFeatures", "EnableOrganizationsRootCredentialsManagement", "DisableOrganizationsRootCredentialsManagement", "EnableOrganizationsRootSessions",
		"DisableOrganizationsRootSessions",
	} {
		rows[name] = queryRow{nil, missing, member, untrusted, nowhere} // the stranger manages an organization
	}
	return rows
}()

func TestSweepOfAWSIAM(t *testing.T) { sweepQuery(t, "iam", "2010-05-08", awsIAMRows) }
