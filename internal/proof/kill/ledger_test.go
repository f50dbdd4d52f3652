package kill

import "sync"

// A ledger holds what was asked for, and what was promised.
type ledger struct {
	mu       sync.Mutex
	asked    map[string]wish   // by name
	promised map[string]string // the id of the creation, by name
	refused  []error
}

func newLedger() *ledger { return &ledger{asked: map[string]wish{}, promised: map[string]string{}} }

func (l *ledger) ask(w wish) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked[w.name] = w
}

func (l *ledger) promise(w wish, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.promised[w.name] = id
}

func (l *ledger) refuse(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refused = append(l.refused, err)
}

func (l *ledger) size() (asked, promised int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.asked), len(l.promised)
}

// sharing counts, by cloud and address, the wishes that ask for the same address.
func (l *ledger) sharing() map[string]int {
	out := map[string]int{}
	for _, w := range l.asked {
		out[w.cloud+" "+w.email]++
	}
	return out
}
