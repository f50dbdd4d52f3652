// Package policy parses, checks, compiles, evaluates and explains authorization policies. It is a function of documents and a request:
// it opens nothing, keeps no state and knows no other package of this product.
//
//	text --Parse--> Document --Validate(dialect)--> Compiled --Authorize(policies, request)--> Verdict, with the statement that decided
//
// AWS's grammar 2012-10-17 and Huawei Cloud's grammar 5.0 are two front ends of one engine. A Dialect says, as data, which elements a
// kind of policy may hold, which operators and names it knows and how large it may be; behind it all statements are alike.
//
// A decision on compiled policies allocates nothing. Whatever a compiled policy cannot understand is read against the caller: a Deny
// with it matches, an Allow with it does not.
package policy
