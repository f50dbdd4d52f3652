package sqlstore

import (
	"encoding/json"
	"time"

	"github.com/polity-cloud/polity/internal/org"
)

// micros is a time as it is stored. The zero time has its own number, far from that of 1970, and so comes back as zero.
func micros(t time.Time) int64 { return t.UnixMicro() }

func moment(n int64) time.Time { return time.UnixMicro(n).UTC() }

// encode writes a structured value. The names in the JSON are those of the Go fields; TestStoredFormStands keeps them.
func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("sqlstore: " + err.Error()) // the domain's values hold nothing that has no JSON
	}
	return string(b)
}

func decode(text string, v any) error {
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return org.Because(err, "read a stored %T", v)
	}
	return nil
}

// blob is bytes for a column that refuses NULL, which is what drivers make of nil.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// bytesOf is the inverse of blob: no bytes come back as nil.
func bytesOf(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	return b
}
