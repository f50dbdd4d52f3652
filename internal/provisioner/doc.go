// Package provisioner is the workflow.World behind a webhook: it tells an outside service of accounts that are being made, and of those that
// are taken back.
//
// A message is a CloudEvent (CloudEvents 1.0, JSON format, structured mode), signed as Standard Webhooks 1.0 say. The answer's status
// decides: 2xx is done; 408, 425, 429, 5xx and everything that is no answer is asked again; any other 4xx refuses the account. The same
// message is sent again until it is answered, with the same id, idempotency key and body: a service that has seen it answers as before.
package provisioner
