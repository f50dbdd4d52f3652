//go:build !unix

package pgtest

import "errors"

func cluster(...string) (string, error) {
	return "", errors.New("a cluster of its own is made on Unix only")
}
