// Package terraform drives the binary with terraform and hashicorp/aws: apply, an empty plan, a change, an empty plan, import, destroy. It is
// skipped, loudly, where terraform or the provider is not to be had.
package terraform
