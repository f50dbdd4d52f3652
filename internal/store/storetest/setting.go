package storetest

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/polity-cloud/polity/internal/store"
)

func (b bench) setting(name string) []byte {
	return read(b, func(r store.Reader) ([]byte, error) { return r.Setting(b.Context(), name) })
}

func (b bench) initSetting(name string, value []byte) []byte {
	var out []byte
	b.update(func(tx store.Tx) (err error) {
		out, err = tx.InitSetting(b.Context(), name, value)
		return err
	})
	return out
}

var settings = []try{
	{"a setting that was never stored is nil", func(b bench) {
		if v := b.setting("none"); v != nil {
			b.Errorf("%q", v)
		}
	}},
	{"the first value stays", func(b bench) {
		first := []byte{0, 255, 'x'}
		b.equal(first, b.initSetting("key", first))
		b.equal(first, b.initSetting("key", []byte("second")))
		b.equal(first, b.setting("key"))
	}},
	{"an empty value is there", func(b bench) {
		b.initSetting("empty", nil)
		b.equal([]byte{}, b.setting("empty"))
		b.equal([]byte{}, b.initSetting("empty", []byte("later")))
	}},
	{"all who store a setting at once get the same value", func(b bench) {
		var mu sync.Mutex
		var seen [][]byte
		err := together(8, func(i int) error {
			return b.Update(b.Context(), func(tx store.Tx) error {
				v, err := tx.InitSetting(b.Context(), "race", fmt.Append(nil, i))
				mu.Lock()
				defer mu.Unlock()
				seen = append(seen, v)
				return err
			})
		})
		b.equal(nil, err)
		for _, v := range seen {
			if !bytes.Equal(v, b.setting("race")) {
				b.Errorf("%q among %q", v, seen)
			}
		}
	}},
}
