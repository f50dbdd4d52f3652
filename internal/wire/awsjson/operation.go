package awsjson

import (
	"context"

	"github.com/go-faster/jx"
)

// Input is the generated shape of a request.
type Input interface {
	// Decode reads the shape. An error means that the text is no JSON or that a member has the wrong JSON type.
	Decode(d *jx.Decoder) error
	// Validate returns the first constraint that the decoded shape violates, or nil: required members first, then the members in the
	// contract's order.
	Validate() *Violation
}

// Output is the generated shape of an answer. Append appends it as JSON.
type Output interface {
	Append(b []byte) []byte
}

// Operation is one row of a Service's table.
type Operation struct {
	New  func() Input
	Call func(ctx context.Context, in Input) (Output, error) // a nil Output is answered with an empty body
}

// Handle returns the operation that f carries out. I and O are shapes; f gets an input that is decoded and valid. A nil *O without an
// error is answered with an empty body.
func Handle[I, O any, PI shape[I], PO interface {
	*O
	Output
}](f func(ctx context.Context, in *I) (*O, error)) Operation {
	return Operation{
		New: func() Input { return PI(new(I)) },
		Call: func(ctx context.Context, in Input) (Output, error) {
			out, err := f(ctx, (*I)(in.(PI)))
			if err != nil || out == nil {
				return nil, err
			}
			return PO(out), nil
		},
	}
}

// Do returns the operation that f carries out and that answers with an empty body.
func Do[I any, PI shape[I]](f func(ctx context.Context, in *I) error) Operation {
	return Operation{
		New:  func() Input { return PI(new(I)) },
		Call: func(ctx context.Context, in Input) (Output, error) { return nil, f(ctx, (*I)(in.(PI))) },
	}
}

// shape is the pointer to a generated shape T that may occur in requests.
type shape[T any] interface {
	*T
	Input
}

// Empty is the input of operations that have none.
type Empty struct{}

// Decode accepts any object and ignores what is in it.
func (*Empty) Decode(d *jx.Decoder) error {
	return d.ObjBytes(func(d *jx.Decoder, _ []byte) error { return d.Skip() })
}

// Validate finds nothing.
func (*Empty) Validate() *Violation { return nil }
