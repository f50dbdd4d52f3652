package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"

	"github.com/polity-cloud/polity/internal/proof/process"
	"github.com/polity-cloud/polity/internal/wire/sigv4"
)

// bare is the handler that reads are held against: it verifies the signature and answers a constant. It runs in a process of its own, as the
// server does, until its parent ends it.
func bare(answer string) {
	v := sigv4.Verifier{Service: "organizations"}
	lookup := func(_ context.Context, id, _ string) (string, error) {
		if id != key.ID {
			return "", errors.New("unknown key")
		}
		return key.Secret, nil
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			_, err = v.Verify(r.Context(), r, body, lookup)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		_, _ = io.WriteString(w, answer)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("polity is ready at http://%s\n", l.Addr())
	_ = http.Serve(l, handler)
}

func startBare(ctx context.Context, dir, answer string) (*process.Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return process.Run(ctx, exec.Command(self, "bare", answer), dir, os.Stderr)
}
