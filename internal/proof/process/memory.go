package process

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Resident returns how many bytes of memory the process has in use, and how many it has had at most. It is known on Linux only.
func (p *Process) Resident() (now, most int64, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.PID()))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(b)) {
		name, value, _ := strings.Cut(line, ":")
		n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
		switch {
		case err != nil:
		case name == "VmRSS":
			now = n << 10
		case name == "VmHWM":
			most = n << 10
		}
	}
	if now == 0 {
		return 0, 0, fmt.Errorf("the kernel does not tell the memory of process %d", p.PID())
	}
	return now, most, nil
}
