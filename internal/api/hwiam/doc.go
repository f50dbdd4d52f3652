// Package hwiam is Huawei Cloud IAM and STS on the wire, as far as clients of an organization need them before and between their calls: whose
// credentials are these, what is the project of a region, tokens, and the way into a member account. It holds no law of the domain.
//
// Two dialects meet here. The routes of /v3 answer failures in Keystone's body, those of /v3.0 and /v5 in the one of the other services:
//
//	{"error":{"code":401,"message":"…","title":"Unauthorized"}}
//	{"error_code":"PAP5.0001","error_msg":"access denied: …","request_id":"…"}
//
// # Tokens
//
// An X-Auth-Token is a session (package identity) without an access key. What else it says — how it was got, for which project, who assumed the
// agency — lies sealed in the place of the secret that it does not have. It is stored nowhere and cannot be called back.
//
// # Projects
//
// Each account has one project in each region, named after it. Their ids are derived from account and region, so that they exist when
// somebody asks and are the same on every replica. Names with an underscore are those of subprojects, which nobody has.
package hwiam
