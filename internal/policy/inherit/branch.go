package inherit

import "slices"

// A branch is what the levels so far made of one key and all below it. It never changes: a level that has something to say makes a new one
// and shares the rest.
type branch struct {
	element *element
	key     string
	open    operators // what the levels below may do here
	present bool      // the result has this key, be its list empty
	visible bool      // the effective policy shows it

	items []string // of a leaf
	by    []string // the policies that made the leaf what it is
	kids  []*branch
}

// stated is what one of the policies of a level says about a key.
type stated struct {
	policy string
	*node
}

// blank is a key that no level has mentioned.
func blank(e *element, key string) *branch { return &branch{element: e, key: key, open: all} }

// merge applies one level. Without leave, no value may be set below: the way here was closed by a level above.
func (b *branch) merge(level []stated, leave bool) *branch {
	merged := *b
	for _, s := range level {
		if s.limited {
			// The limits of one level meet, and bind the levels below alone: b.open stays what this level is held to.
			merged.open &= s.limit
		}
	}
	if b.element.leaf != nil {
		if leave {
			merged.set(level, b.open)
		}
	} else {
		merged.descend(level, leave, b.open)
	}
	return &merged
}

func (b *branch) descend(level []stated, leave bool, open operators) {
	b.kids = slices.Clone(b.kids)
	for _, below := range gather(level) {
		at, found := b.search(below[0].element, below[0].key)
		if !found {
			b.kids = slices.Insert(b.kids, at, blank(below[0].element, below[0].key))
		}
		kid := b.kids[at]
		b.kids[at] = kid.merge(below, leave && (kid.present || open != none))
	}
	for _, kid := range b.kids {
		b.present = b.present || kid.present
	}
	b.visible = slices.ContainsFunc(b.kids, func(kid *branch) bool { return kid.visible })
}

// gather groups what the policies of a level say by key, the policies of a key in their order.
func gather(level []stated) [][]stated {
	var keys [][]stated
	index := map[string]int{}
	for _, s := range level {
		for _, kid := range s.kids {
			i, ok := index[kid.key]
			if !ok {
				i = len(keys)
				index[kid.key] = i
				keys = append(keys, nil)
			}
			keys[i] = append(keys[i], stated{s.policy, kid})
		}
	}
	return keys
}

// set applies the operators of a level to a leaf: within one policy assign, then append, then remove; among policies the first assign wins.
// What the levels above do not leave open is ignored without a word.
func (b *branch) set(level []stated, open operators) {
	assigned := false
	for _, s := range level {
		may := s.node.set & open
		if may&assign != 0 && !assigned {
			assigned, b.present = true, true
			b.items, b.by = s.assign, []string{s.policy}
		}
		if may&add != 0 {
			b.present = true
			b.append(s.add, s.policy)
		}
		if may&remove != 0 {
			b.remove(s.remove, s.policy)
		}
	}
	b.visible = b.present && (len(b.items) > 0 || b.element.leaf.empty)
}

func (b *branch) append(items []string, policy string) {
	sum, known := slices.Clip(b.items), setOf(b.items)
	for _, item := range items {
		if !known[item] {
			sum = append(sum, item)
		}
	}
	b.items = sum
	b.touchedBy(policy)
}

func (b *branch) remove(items []string, policy string) {
	unwanted := setOf(items)
	rest := slices.DeleteFunc(slices.Clone(b.items), func(item string) bool { return unwanted[item] })
	if len(rest) < len(b.items) {
		b.items = rest
		b.touchedBy(policy)
	}
}

func setOf(items []string) map[string]bool {
	set := make(map[string]bool, len(items))
	for _, item := range items {
		set[item] = true
	}
	return set
}

func (b *branch) touchedBy(policy string) {
	if !slices.Contains(b.by, policy) {
		b.by = append(slices.Clip(b.by), policy)
	}
}

func (b *branch) search(e *element, key string) (int, bool) {
	return slices.BinarySearchFunc(b.kids, key, func(kid *branch, key string) int { return order(kid.element, kid.key, e, key) })
}

func (b *branch) kid(key string) *branch {
	for _, kid := range b.kids {
		if kid.key == key {
			return kid
		}
	}
	return nil
}

// contributors returns the policies that made what lies below, sorted.
func (b *branch) contributors() []string { return contributors(b) }

func contributors(branches ...*branch) []string {
	var ids []string
	for _, b := range branches {
		ids = append(ids, b.by...)
		ids = append(ids, contributors(b.kids...)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
