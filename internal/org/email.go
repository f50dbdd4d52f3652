package org

import "strings"

// CheckEmail returns nil for an address that an account may have, and InvalidEmail with the broken rule for any other. The rules are those
// that AWS states with CreateAccount; Huawei Cloud states none and shares them.
func CheckEmail(address string) error {
	local, domain, found := strings.Cut(address, "@")
	switch {
	case len(address) < 6 || len(address) > 64:
		return Errorf(InvalidEmail, "an e-mail address has 6 to 64 characters")
	case !found || strings.Contains(domain, "@"):
		return Errorf(InvalidEmail, "an e-mail address has exactly one @")
	case !inASCII(address):
		return Errorf(InvalidEmail, "an e-mail address has 7-bit ASCII characters only")
	case local == "" || local[0] == '.' || strings.ContainsAny(local, "\"'()<>[]:;,\\|%& \t\r\n\v\f"):
		return Errorf(InvalidEmail, "the part of an e-mail address before the @ is refused")
	case !isMailDomain(domain):
		return Errorf(InvalidEmail, "the domain of an e-mail address has letters, digits, - and ., a . inside, and none of the two at an end")
	}
	return nil
}

func inASCII(s string) bool {
	for _, c := range []byte(s) {
		if c > 0x7e || c < 0x20 {
			return false
		}
	}
	return true
}

func isMailDomain(d string) bool {
	if !strings.Contains(d, ".") || strings.Trim(d, "-.") != d {
		return false
	}
	return strings.Trim(strings.ToLower(d), lower36+"-.") == ""
}
