// Package gatetest signs requests as clients do, and makes a control plane to sign them for. Its signers are written apart from the verifiers on
// purpose.
package gatetest
