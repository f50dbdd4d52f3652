package hwrest

import (
	"context"
	"strings"
)

// Language is a language of texts in answers.
type Language string

// The languages of the header X-Language.
const (
	English Language = "en-us"
	Chinese Language = "zh-cn"
)

type languageKey struct{}

// LanguageOf returns the language that the request of ctx asks for in X-Language. Without the header, and for any other language,
// it is English (inferred).
func LanguageOf(ctx context.Context) Language {
	if l, ok := ctx.Value(languageKey{}).(Language); ok {
		return l
	}
	return English
}

func withLanguage(ctx context.Context, header string) context.Context {
	if strings.EqualFold(header, string(Chinese)) {
		return context.WithValue(ctx, languageKey{}, Chinese)
	}
	return ctx
}
