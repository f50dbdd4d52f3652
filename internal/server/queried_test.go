package server

import (
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
)

func TestAnUnsignedFormIsReadForItsVersionAndLeftWhole(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"Action=GetUser&Version=2010-05-08":           "iam",
		"Action=GetCallerIdentity&Version=2011-06-15": "sts",
		"Action=GetUser":                              "sts",
		"Action=%zz":                                  "sts",
		"":                                            "sts",
		"Version=2010-05-08&x=" + strings.Repeat("y", 2<<20): "iam",
	} {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		if got := queried(r); got != want {
			t.Errorf("%.50q is for %s, want %s", body, got, want)
		}
		if left, err := io.ReadAll(r.Body); err != nil || string(left) != body {
			t.Errorf("of %.50q, %d bytes are left: %v", body, len(left), err)
		}
	}
}

func TestABodyThatBreaksOffDoesSoAgain(t *testing.T) {
	t.Parallel()
	gone := errors.New("gone")
	r := httptest.NewRequest("POST", "/", io.MultiReader(strings.NewReader("Version=2010-05-08"), iotest.ErrReader(gone)))
	queried(r)
	if left, err := io.ReadAll(r.Body); !errors.Is(err, gone) || string(left) != "Version=2010-05-08" {
		t.Errorf("%q, %v", left, err)
	}
}
