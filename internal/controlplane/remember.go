package controlplane

import "sync"

// A memory remembers up to about twice its size of values that anyone could make again: those of the present round and of the one before. Its zero
// value is empty. It is safe for concurrent use.
type memory[V any] struct {
	mu       sync.Mutex
	now, old map[string]V
}

// memorySize bounds a round.
const memorySize = 2048

// get returns what is remembered under a key, or makes it. Two callers may make the same at the same time.
func (m *memory[V]) get(key string, make func() (V, error)) (V, error) {
	m.mu.Lock()
	v, ok := m.now[key]
	if !ok {
		v, ok = m.old[key]
	}
	m.mu.Unlock()
	if !ok {
		var err error
		if v, err = make(); err != nil {
			return v, err
		}
	}
	m.put(key, v)
	return v, nil
}

// of is get for what can always be made.
func (m *memory[V]) of(key string, make func() V) V {
	v, _ := m.get(key, func() (V, error) { return make(), nil })
	return v
}

func (m *memory[V]) put(key string, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.now) >= memorySize {
		m.old, m.now = m.now, nil
	}
	if m.now == nil {
		m.now = map[string]V{}
	}
	m.now[key] = v
}
