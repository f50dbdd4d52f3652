package awsquery

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// List is a list member of a result: <Name><member>…</member></Name>, and an empty element when there is nothing in it.
type List[T any] struct {
	Member []T `xml:"member"`
}

// Time is a timestamp member of a result, in ISO 8601 to the second. The zero time leaves the element out.
type Time time.Time

// MarshalXML writes the element.
func (t Time) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	if time.Time(t).IsZero() {
		return nil
	}
	return e.EncodeElement(time.Time(t).UTC().Format("2006-01-02T15:04:05Z"), start)
}

// Document returns a policy document as IAM answers with it: percent-encoded after RFC 3986.
func Document(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// response returns the whole answer of an action.
func response(namespace, action, requestID string, result any) ([]byte, error) {
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	outer := xml.StartElement{Name: xml.Name{Local: action + "Response"}, Attr: []xml.Attr{{Name: xml.Name{Local: "xmlns"}, Value: namespace}}}
	if err := e.EncodeToken(outer); err != nil {
		return nil, err
	}
	if result != nil {
		if err := e.EncodeElement(result, xml.StartElement{Name: xml.Name{Local: action + "Result"}}); err != nil {
			return nil, fmt.Errorf("answer of %s: %w", action, err)
		}
	}
	metadata := struct {
		ID string `xml:"RequestId"`
	}{requestID}
	if err := e.EncodeElement(metadata, xml.StartElement{Name: xml.Name{Local: "ResponseMetadata"}}); err != nil {
		return nil, err
	}
	if err := e.EncodeToken(outer.End()); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// page returns the error as the whole answer. The fault is the sender's unless the status is a server's.
func (f Fault) page(namespace, requestID string) []byte {
	kind := "Sender"
	if f.Status >= http.StatusInternalServerError {
		kind = "Receiver"
	}
	if f.namespace != "" {
		namespace = f.namespace
	}
	var b bytes.Buffer
	b.WriteString(`<ErrorResponse xmlns="` + namespace + `"><Error>`)
	element(&b, "Type", kind)
	element(&b, "Code", f.Code)
	element(&b, "Message", f.Message)
	b.WriteString("</Error>")
	element(&b, "RequestId", requestID)
	b.WriteString("</ErrorResponse>")
	return b.Bytes()
}

func element(b *bytes.Buffer, name, text string) {
	b.WriteString("<" + name + ">")
	// A bytes.Buffer takes every write.
	_ = xml.EscapeText(b, []byte(text))
	b.WriteString("</" + name + ">")
}

func answer(w http.ResponseWriter, requestID string, status int, page []byte) {
	h := w.Header()
	h.Set("Content-Type", "text/xml")
	h.Set("Content-Length", strconv.Itoa(len(page)))
	h.Set("X-Amzn-Requestid", requestID)
	w.WriteHeader(status)
	// A client that hung up is no concern of the operation, which is done.
	_, _ = w.Write(page)
}
