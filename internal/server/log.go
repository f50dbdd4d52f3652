package server

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/polity-cloud/polity/internal/wire/call"
)

// watch gives each request its id and its call.Call, and afterwards logs and counts what the layers below wrote into it. Nothing of a
// request's body or credentials is logged: names, addresses and secrets live there.
func watch(next http.Handler, newID func() string, m *metrics, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call.Call{RequestID: newID()}
		start := time.Now()
		out := &statusWriter{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				log.Error("panic", "request", c.RequestID, "panic", p, "stack", string(debug.Stack()))
				c.Code = "InternalFailure"
				if !out.wrote {
					out.Header().Set("X-Request-Id", c.RequestID)
					http.Error(out, "internal error, request "+c.RequestID, http.StatusInternalServerError)
				}
			}
			took := time.Since(start)
			m.answered(c, took)
			level := slog.LevelDebug
			if c.Err != nil {
				level = slog.LevelError
			}
			if !log.Enabled(r.Context(), level) {
				return
			}
			log.Log(r.Context(), level, "request", "request", c.RequestID, "api", c.API, "operation", c.Operation, "account", c.Account,
				"status", out.status, "code", c.Code, "took", took, "error", c.Err)
		}()
		next.ServeHTTP(out, r.WithContext(call.With(r.Context(), c)))
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
	wrote  bool
}

func (w *statusWriter) WriteHeader(status int) {
	w.status, w.wrote = status, true
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if !w.wrote {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
