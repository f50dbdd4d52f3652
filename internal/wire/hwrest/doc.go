// Package hwrest speaks Huawei Cloud's REST dialect: it routes a request to its operation, has it authenticated, checks it against the
// contract, and writes failures in the vendor's body. It knows no service.
//
//	request -> route -> body (12 MB) -> Authenticate -> contract -> handler -> answer
//	             |                          |              |           |
//	        APIGW.0101                 Options.Fault   InvalidCode  Options.Fault
//
// Every answer carries X-Request-Id, the only place where the vendor's SDKs look for the id.
package hwrest
