// Package awsiam is AWS Identity and Access Management on the wire, as far as clients of an organization need it: who am I and which roles are there, the role of a
// service, and centralized root access to members. It translates between Amazon's words and the control plane's and holds no law of the domain.
//
// All other actions of IAM answer InvalidAction. Reports on what an organization accessed are refused rather than made up: nobody accesses anything here.
package awsiam
