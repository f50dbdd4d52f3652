package inherit

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// A Node is a place in the organization with the policies that are attached to it directly. Policies of other types may be among them.
type Node struct {
	ID       string
	Policies []Attached
}

// Attached is a policy at a node. Order is the time or the count of attaching; policies of equal Order are taken by their ID.
type Attached struct {
	ID     string
	Order  int64
	Policy *Policy
}

// An Effective is what a node inherits, its own policies included.
type Effective struct {
	Type    Type
	Exists  bool   // some policy on the path is of this type; without one there is no effective policy
	Content string // JSON text: operators gone, keys in a fixed order; empty where no policy of the path can be read
}

// A State is what a path of nodes, from the root down, makes of one type of policy. It never changes and may be shared by goroutines.
type State struct {
	id     string
	merged *merged
}

// merged is what States have in common whose last nodes have nothing attached.
type merged struct {
	words  *vocabulary
	top    *branch  // nil before the first policy
	lost   []string // policies on the path that cannot be read
	once   sync.Once
	text   []string // the effective policy, cut where the account's id belongs
	errors []ValidationError
}

// Begin returns the State above the root. No policy is of an unknown type, so there the State stays empty.
func Begin(t Type) State {
	v := vocabularyOf(t)
	if v == nil {
		v = &vocabulary{typ: t}
	}
	return State{merged: &merged{words: v}}
}

// Extend returns the State one level further down. Its cost is that of the policies attached to the node, whatever was inherited.
func (s State) Extend(n Node) State {
	level, lost := s.merged.level(n)
	if len(level)+len(lost) == 0 {
		return State{id: n.ID, merged: s.merged}
	}
	top := s.merged.top
	if len(level) > 0 {
		if top == nil {
			top = blank(s.merged.words.top, s.merged.words.top.name)
		}
		top = top.merge(level, true)
	}
	return State{id: n.ID, merged: &merged{words: s.merged.words, top: top, lost: append(slices.Clip(s.merged.lost), lost...)}}
}

// level returns what a node says about the type, oldest first, and the policies of which nobody can tell what they say.
func (m *merged) level(n Node) (level []stated, lost []string) {
	var own []Attached
	for _, a := range n.Policies {
		if a.Policy != nil && a.Policy.typ == m.words.typ {
			own = append(own, a)
		}
	}
	slices.SortStableFunc(own, func(a, b Attached) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.ID, b.ID))
	})
	for _, a := range own {
		if a.Policy.top == nil {
			lost = append(lost, a.ID)
			continue
		}
		level = append(level, stated{a.ID, a.Policy.top})
	}
	return level, lost
}

// Effective returns the effective policy of the last node. The text is made once for all States that inherit the same.
func (s State) Effective() Effective {
	e := Effective{Type: s.merged.words.typ, Exists: s.merged.top != nil || len(s.merged.lost) > 0}
	if s.merged.top == nil {
		return e
	}
	s.merged.finish()
	if e.Content = s.merged.text[0]; len(s.merged.text) > 1 {
		e.Content = strings.Join(s.merged.text, inside(s.id))
	}
	return e
}

// ValidationErrors returns what is wrong with the effective policy, in a fixed order, and nothing where there is none. The slice is shared:
// it must not be changed.
func (s State) ValidationErrors() []ValidationError {
	if s.merged.top == nil && len(s.merged.lost) == 0 {
		return nil
	}
	s.merged.finish()
	return s.merged.errors
}

func (m *merged) finish() {
	m.once.Do(func() {
		if m.top != nil {
			m.text = render(m.top)
			m.errors = validate(m.words, m.top, strings.Join(m.text, ""))
		}
		m.errors = append(m.errors, unreadable(m.words, m.lost)...)
	})
}

// Merge returns the effective policy of the last node of a path that begins with the root, and what is wrong with it. Where many paths share
// their beginning, Begin and Extend do the same for less.
func Merge(t Type, path []Node) (Effective, []ValidationError) {
	s := Begin(t)
	for _, n := range path {
		s = s.Extend(n)
	}
	return s.Effective(), s.ValidationErrors()
}
