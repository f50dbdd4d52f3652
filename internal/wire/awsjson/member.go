package awsjson

import "github.com/go-faster/jx"

// String decodes a string member.
func String[T ~string](d *jx.Decoder, s *Seen, bit int, v *T) error {
	*v = ""
	ok, err := s.member(d, bit, jx.String)
	if !ok {
		return err
	}
	text, err := d.Str()
	*v = T(text)
	return err
}

// OptString decodes a string member for which "" is something else than absent.
func OptString[T ~string](d *jx.Decoder, s *Seen, bit int, v **T) error {
	text := T("")
	err := String(d, s, bit, &text)
	*v = present(*s, bit, text)
	return err
}

// Int decodes an integer member. A number with a fraction or an exponent is of the wrong type.
func Int(d *jx.Decoder, s *Seen, bit int, v *int) error {
	*v = 0
	ok, err := s.member(d, bit, jx.Number)
	if !ok {
		return err
	}
	*v, err = d.Int()
	return err
}

// OptInt decodes an integer member for which 0 is something else than absent.
func OptInt(d *jx.Decoder, s *Seen, bit int, v **int) error {
	n := 0
	err := Int(d, s, bit, &n)
	*v = present(*s, bit, n)
	return err
}

// Bool decodes a boolean member.
func Bool(d *jx.Decoder, s *Seen, bit int, v *bool) error {
	*v = false
	ok, err := s.member(d, bit, jx.Bool)
	if !ok {
		return err
	}
	*v, err = d.Bool()
	return err
}

// OptBool decodes a boolean member for which false is something else than absent.
func OptBool(d *jx.Decoder, s *Seen, bit int, v **bool) error {
	b := false
	err := Bool(d, s, bit, &b)
	*v = present(*s, bit, b)
	return err
}

// Struct decodes a member that is a shape itself.
func Struct[T any, P shape[T]](d *jx.Decoder, s *Seen, bit int, v **T) error {
	*v = nil
	ok, err := s.member(d, bit, jx.Object)
	if !ok {
		return err
	}
	*v = new(T)
	return P(*v).Decode(d)
}

// Structs decodes a list of shapes. A list that is present is not nil, even if it is empty; null is no element.
func Structs[T any, P shape[T]](d *jx.Decoder, s *Seen, bit int, v *[]T) error {
	return list(d, s, bit, v, jx.Object, func(d *jx.Decoder, e *T) error { return P(e).Decode(d) })
}

// Strings decodes a list of strings, as Structs does.
func Strings[T ~string](d *jx.Decoder, s *Seen, bit int, v *[]T) error {
	return list(d, s, bit, v, jx.String, func(d *jx.Decoder, e *T) error {
		text, err := d.Str()
		*e = T(text)
		return err
	})
}

func list[T any](d *jx.Decoder, s *Seen, bit int, v *[]T, want jx.Type, elem func(*jx.Decoder, *T) error) error {
	*v = nil
	ok, err := s.member(d, bit, jx.Array)
	if !ok {
		return err
	}
	*v = []T{}
	return d.Arr(func(d *jx.Decoder) error {
		if got := d.Next(); got != want {
			return wrongType(got, want)
		}
		var e T
		if err := elem(d, &e); err != nil {
			return err
		}
		*v = append(*v, e)
		return nil
	})
}

func present[T any](s Seen, bit int, v T) *T {
	if !s.Has(bit) {
		return nil
	}
	return &v
}
