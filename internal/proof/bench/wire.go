package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/polity-cloud/polity/internal/proof/client"
)

// A wire is one connection, over which requests go that are ready as bytes. It is made anew when the server closes it after an answer.
type wire struct {
	host string
	c    net.Conn
	r    *bufio.Reader
}

func dial(endpoint string) (*wire, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return nil, err
	}
	w := &wire{host: u.Host}
	return w, w.connect()
}

func (w *wire) connect() error {
	c, err := net.Dial("tcp", w.host)
	if err != nil {
		return err
	}
	w.c, w.r = c, bufio.NewReader(c)
	return nil
}

func (w *wire) close() {
	if w.c != nil {
		_ = w.c.Close()
	}
}

// ask sends a request and reads the whole answer, which must be a success.
func (w *wire) ask(request []byte) ([]byte, error) {
	if err := w.c.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return nil, err
	}
	if _, err := w.c.Write(request); err != nil {
		return nil, err
	}
	res, err := http.ReadResponse(w.r, nil)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	if err == nil && res.Close {
		w.close()
		err = w.connect()
	}
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("it answers %s: %s", res.Status, body)
	}
	return body, err
}

// signed returns a request as it travels.
func signed(ctx context.Context, c client.AWS, operation string, in any) ([]byte, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	r, err := c.Request(ctx, operation, body)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = r.Write(&out)
	return out.Bytes(), err
}

// load has several connections do a thing over and over for a while and returns how often it was done in a second, until the last was done.
func load(endpoint string, connections int, d time.Duration, do func(w *wire, connection int) error) (float64, error) {
	var work sync.WaitGroup
	var done atomic.Int64
	failed := make(chan error, connections)
	began := time.Now()
	for n := range connections {
		work.Go(func() {
			w, err := dial(endpoint)
			if err != nil {
				failed <- err
				return
			}
			defer w.close()
			for time.Since(began) < d {
				if err := do(w, n); err != nil {
					failed <- err
					return
				}
				done.Add(1)
			}
		})
	}
	work.Wait()
	took := time.Since(began)
	select {
	case err := <-failed:
		return 0, err
	default:
		return float64(done.Load()) / took.Seconds(), nil
	}
}

// repeat is a side that sends the same request over and over.
func repeat(endpoint string, connections int, d time.Duration, request []byte) side {
	return func() (float64, error) {
		return load(endpoint, connections, d, func(w *wire, _ int) error {
			_, err := w.ask(request)
			return err
		})
	}
}
