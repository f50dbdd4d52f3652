//go:build !windows

package bucket

import "os"

func syncFolder(f *os.File) error { return f.Sync() }
