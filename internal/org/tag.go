package org

import (
	"strings"
	"unicode/utf8"
)

// A Tag is a key with a value on a resource. Keys are unique on one resource and compared exactly.
type Tag struct {
	Key   string
	Value string
}

// A ResourceTag is a tag with what it is on.
type ResourceTag struct {
	Resource Resource
	Tag
}

// CheckTags returns nil when adding the tags to those present keeps the partition's laws, and else the first broken one: InvalidTag,
// SystemTag, DuplicateTagKey within the added ones, TagLimit for the sum.
func CheckTags(r *Rules, present, added []Tag) error {
	seen := make(map[string]bool, len(present)+len(added))
	for _, t := range added {
		if err := checkTag(r, t); err != nil {
			return err
		}
		if seen[t.Key] {
			return Errorf(DuplicateTagKey, "the tag key %q appears twice", t.Key)
		}
		seen[t.Key] = true
	}
	for _, t := range present {
		seen[t.Key] = true
	}
	if len(seen) > r.Tags {
		return Errorf(TagLimit, "a resource has at most %d tags", r.Tags)
	}
	return nil
}

func checkTag(r *Rules, t Tag) error {
	switch {
	case t.Key == "":
		return Errorf(InvalidTag, "a tag needs a key")
	case utf8.RuneCountInString(t.Key) > r.TagKeyLength, utf8.RuneCountInString(t.Value) > r.TagValueLength:
		return Errorf(InvalidTag, "a tag key has at most %d characters and a value at most %d", r.TagKeyLength, r.TagValueLength)
	}
	if err := withoutZero(InvalidTag, "a tag", t.Key+t.Value); err != nil {
		return err
	}
	return r.checkSystemTag(t.Key)
}

// CheckTagKeys returns nil when tags of these keys may be taken away, and else SystemTag: those of the cloud are neither added nor edited nor
// deleted (API Reference, InvalidInputException).
func CheckTagKeys(r *Rules, keys []string) error {
	for _, key := range keys {
		if err := r.checkSystemTag(key); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rules) checkSystemTag(key string) error {
	if r.SystemTagPrefix != "" && strings.HasPrefix(strings.ToLower(key), r.SystemTagPrefix) {
		return Errorf(SystemTag, "tag keys that begin with %q belong to the cloud", r.SystemTagPrefix)
	}
	return nil
}
