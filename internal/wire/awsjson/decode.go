package awsjson

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-faster/jx"

	"github.com/polity-cloud/polity/internal/wire/text"
)

// Seen remembers which members of a shape a request carried, one bit each. It is what tells an absent string from an empty one.
type Seen uint64

// Has tells whether the member with that bit was present and not null.
func (s Seen) Has(bit int) bool { return s&(1<<bit) != 0 }

// member looks at the next value. It reports whether there is one to read: null is taken for an absent member, also after an earlier value
// under the same name, and a value of another type than want is an error.
func (s *Seen) member(d *jx.Decoder, bit int, want jx.Type) (bool, error) {
	switch got := d.Next(); got {
	case want:
		*s |= 1 << bit
		return true, nil
	case jx.Null:
		*s &^= 1 << bit
		return false, d.Null()
	default:
		return false, wrongType(got, want)
	}
}

// Read reads the body of a request into in, for the other protocols that carry these shapes. It fails with a Fault.
func Read(body []byte, in Input) error { return decode(body, in) }

// decode reads exactly one JSON value into in. An empty body is the same as {}.
func decode(body []byte, in Input) error {
	body = bytes.TrimLeft(body, " \t\r\n")
	if len(body) == 0 {
		body = []byte("{}")
	}
	if err := text.Check(body); err != nil {
		return serialization(err.Error())
	}
	d := jx.GetDecoder()
	defer jx.PutDecoder(d)
	d.ResetBytes(body)
	if err := in.Decode(d); err != nil {
		return serialization(cause(err).Error())
	}
	if err := d.Skip(); !errors.Is(err, io.EOF) {
		return serialization("text after the JSON value")
	}
	return nil
}

// cause returns the innermost error: the decoder wraps one for every level, which tells a caller nothing.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

func wrongType(got, want jx.Type) error {
	if got == jx.Invalid {
		return errors.New("malformed JSON")
	}
	return fmt.Errorf("%s where %s is expected", got, want)
}
