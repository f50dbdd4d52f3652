package awsjson

import (
	"net/http"
	"strconv"
	"sync"
)

// maxPooled keeps a rare giant answer from staying in memory.
const maxPooled = 1 << 18

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// answer writes one response; a nil out has an empty body. Date comes from net/http, which is accurate: the SDKs correct their clocks by it.
func answer(w http.ResponseWriter, requestID string, status int, out Output) {
	buf := buffers.Get().(*[]byte)
	body := (*buf)[:0]
	if out != nil {
		body = out.Append(body)
	}
	h := w.Header()
	h.Set("Content-Type", "application/x-amz-json-1.1")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("X-Amzn-Requestid", requestID)
	w.WriteHeader(status)
	// A client that hung up is no concern of the operation, which is done.
	_, _ = w.Write(body)
	if cap(body) <= maxPooled {
		*buf = body
		buffers.Put(buf)
	}
}
