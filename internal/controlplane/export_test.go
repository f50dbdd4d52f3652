package controlplane

// Merges returns how many merges of inherited policies are remembered.
func (p *Plane) Merges() int {
	m := &p.states
	m.mu.Lock()
	defer m.mu.Unlock()
	n := len(m.now)
	for key := range m.old {
		if _, again := m.now[key]; !again {
			n++
		}
	}
	return n
}
