// Package gate decides who is calling: it turns the signature or token of a request into an org.Caller and puts that into the context.
//
//	request -> signature or token -> key -> secret -> caller
//	                |                  |
//	             org.Error          org.Error      (reasons "who is calling")
//
// # Verify and soft
//
// Every request proves its key. Temporary keys (ASIA…, HST…) come with the session token that was issued with them, and long-term keys
// come with none. A key works only with the cloud it belongs to. Soft differs from verify in the control plane alone, where denials by policy
// are logged and let pass; who calls is proven in both.
//
// The time of a signature is compared with the wall clock, not with the clock of the control plane: clients sign with their own time, and a
// twin whose clock was moved must not lock them out. Sessions end by the control plane's clock, which issued them.
//
// A key is read from the store once a second at most, so a key that was made inactive may work for one second longer.
//
// # Open
//
// Nothing is verified and nobody is refused. What the request says about its key chooses the account; the first row that fits decides:
//
//	AWS     12 digits                                       root of that account, made when it is new
//	        a key with a session token that we issued to it its session, even when its time is over
//	        a key that the server minted                    its owner
//	        AKIA… or ASIA… that encodes an existing account root of that account
//	        anything else, or no credentials at all         root of 000000000000
//
//	Huawei  a key with a security token that we issued      its session, even when its time is over
//	        a key that the server minted                    its owner
//	        32 lower-case hex digits                        root of that account, made when it is new
//	        the id of an existing account                   root of that account
//	        X-Auth-Token that we issued                     its session
//	        anything else, or no credentials at all         root of 32 zeros
//
// A request without credentials is served as the default account because that is what emulators of these clouds do and what their users
// script against (curl without a signature among them). A session that is over goes on, because a client that was given an hour by a
// moved clock would otherwise be refused while its own clock tells it that the credentials are fresh. A new AWS account belongs to the
// partition of the region in the signature's scope.
package gate
