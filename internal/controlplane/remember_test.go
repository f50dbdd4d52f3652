package controlplane

import (
	"errors"
	"fmt"
	"testing"
)

func TestAMemoryIsBoundedAndKeepsWhatIsUsed(t *testing.T) {
	t.Parallel()
	var m memory[int]
	made := 0
	ask := func(key string) {
		t.Helper()
		if _, err := m.get(key, func() (int, error) { made++; return made, nil }); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 10 * memorySize {
		ask(fmt.Sprint(i))
		ask("often")
	}
	if want := 10*memorySize + 1; made != want {
		t.Errorf("made %d values, want %d", made, want)
	}
	if n := len(m.now) + len(m.old); n > 2*memorySize {
		t.Errorf("%d values are remembered", n)
	}
	if _, err := m.get("bad", func() (int, error) { return 0, errors.New("no") }); err == nil {
		t.Error("a failure is forgotten")
	}
	ask("bad")
}
