package inherit

import "unicode/utf8"

// A vocabulary is everything in which the types differ.
type vocabulary struct {
	typ  Type
	size Size
	top  *element // the one key of the document and all below it

	// check finds what no element can see alone in what was merged below the top key and in its text.
	check func(top *branch, text string) []ValidationError
}

var vocabularies = []*vocabulary{
	tagWords, backupWords, aiServicesWords, chatbotWords, declarativeEC2Words, securityHubWords,
	inspectorWords, upgradeRolloutWords, bedrockWords, s3Words, networkSecurityDirectorWords, huaweiTagWords,
}

func characters(n int) Size { return Size{Max: n} }
func octets(n int) Size     { return Size{Max: n, Bytes: true} }

func (s Size) holds(text string) bool {
	if s.Bytes {
		return len(text) <= s.Max
	}
	return len(text) <= s.Max || utf8.RuneCountInString(text) <= s.Max
}

func (s Size) unit() string {
	if s.Bytes {
		return "bytes"
	}
	return "characters"
}

func vocabularyOf(t Type) *vocabulary {
	for _, v := range vocabularies {
		if v.typ == t {
			return v
		}
	}
	return nil
}
