package hwrest

// Each never returns nil, which would be written as null.
func Each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

// Text is an optional text, empty when it is absent.
func Text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
