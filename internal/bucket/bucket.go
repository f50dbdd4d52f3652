// Package bucket keeps objects in buckets that are directories: the place of what a cloud would write to an object storage.
package bucket

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sync"
)

// A Dir holds buckets. Nothing that it writes can come to lie outside of its directory, whatever the names say and whatever links stand there.
type Dir struct {
	root *os.Root
	kept sync.Map // the folders that are known to survive a crash
}

// Open returns the buckets in a directory, which it makes when it is not there.
func Open(name string) (*Dir, error) {
	if err := os.MkdirAll(name, 0o750); err != nil {
		return nil, fmt.Errorf("make the directory of buckets: %w", err)
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("open the directory of buckets: %w", err)
	}
	return &Dir{root: root}, nil
}

// Close ends the use of the directory.
func (d *Dir) Close() error { return d.root.Close() }

// Put writes an object, over one of the same name. When it returns nil, the object is there as a whole and survives a crash of the machine; until then a
// reader finds nothing or the one from before. Putting the same object twice leaves one, also when the first time was cut short.
func (d *Dir) Put(bucket, name string, content []byte) error {
	at := bucket + "/" + name
	err := d.put(at, content)
	if errors.Is(err, fs.ErrNotExist) { // somebody took the folder away
		d.kept.Clear()
		err = d.put(at, content)
	}
	if err != nil {
		return fmt.Errorf("put the object %s: %w", at, err)
	}
	return nil
}

func (d *Dir) put(at string, content []byte) error {
	folder := path.Dir(at)
	if err := d.keep(folder); err != nil {
		return err
	}
	unfinished := path.Join(folder, "."+path.Base(at)+".part")
	if err := d.write(unfinished, content); err != nil {
		return err
	}
	if err := d.root.Rename(unfinished, at); err != nil {
		return err
	}
	return d.sync(folder)
}

func (d *Dir) write(name string, content []byte) error {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o640)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// keep makes a folder, which lasts from then on.
func (d *Dir) keep(folder string) error {
	if _, kept := d.kept.Load(folder); kept {
		return nil
	}
	if err := d.root.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	for above := folder; above != "."; {
		above = path.Dir(above)
		if err := d.sync(above); err != nil {
			return err
		}
	}
	d.kept.Store(folder, true)
	return nil
}

// sync makes a folder remember what is in it.
func (d *Dir) sync(folder string) error {
	f, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(syncFolder(f), f.Close())
}
