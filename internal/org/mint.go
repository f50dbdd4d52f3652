package org

import (
	"encoding/base32"
	"encoding/hex"
	"io"
	"math/big"
	"strings"
)

// A Mint makes identifiers in the spelling of a partition. It draws from Random, which is crypto/rand outside of tests, and fails only
// when that does, by panic: a server without randomness must not go on.
type Mint struct {
	Random io.Reader
}

const (
	lower36 = "0123456789abcdefghijklmnopqrstuvwxyz"
	upper32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	digits  = "0123456789"
)

// Organization makes an organization's id.
func (m Mint) Organization(r *Rules) OrganizationID { return OrganizationID(r.mint.organization(m)) }

// Root makes a root's id.
func (m Mint) Root(r *Rules) UnitID { return UnitID(r.mint.root(m)) }

// Unit makes the id of a unit in the tree of root.
func (m Mint) Unit(r *Rules, root UnitID) UnitID { return UnitID(r.mint.unit(m, root)) }

// Account makes an account's id. It is unique by chance only: whoever stores it looks first.
func (m Mint) Account(r *Rules) AccountID { return AccountID(r.mint.account(m)) }

// Creation makes the id of a request for an account.
func (m Mint) Creation(r *Rules) CreationID { return CreationID(r.mint.creation(m)) }

// Policy makes a policy's id. AWS's contract takes 8 characters in an id but asks for 10 in an ARN.
func (m Mint) Policy(r *Rules) PolicyID { return PolicyID(r.mint.policy(m)) }

// Handshake makes a handshake's id.
func (m Mint) Handshake(r *Rules) HandshakeID { return HandshakeID(r.mint.handshake(m)) }

// Transfer makes the id of a transfer of responsibility.
func (m Mint) Transfer() TransferID { return TransferID("rt-" + m.text(8, lower36)) }

// ResourcePolicy makes the id of a resource policy.
func (m Mint) ResourcePolicy() ResourcePolicyID { return ResourcePolicyID("rp-" + m.text(8, lower36)) }

// Principal makes a principal's id.
func (m Mint) Principal(r *Rules, k PrincipalKind) PrincipalID {
	return PrincipalID(r.mint.principal(m, k))
}

// Key makes an access key's id for an account. On AWS it carries the account's number, as the cloud's own keys do.
func (m Mint) Key(r *Rules, a AccountID, temporary bool) KeyID {
	return KeyID(r.mint.key(m, a, temporary))
}

// Secret makes a secret access key of 40 characters.
func (m Mint) Secret() string {
	return m.text(40, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}

// Operation makes the id of a long operation: 8-4-4-4-12 lower-case letters and digits.
func (m Mint) Operation() OperationID {
	s := m.text(32, lower36)
	return OperationID(s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:])
}

// UUID makes a random UUID, which names events and requests.
func (m Mint) UUID() string {
	b := m.bytes(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	s := hex.EncodeToString(b)
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// Hex makes n random bytes in lower-case hex.
func (m Mint) Hex(n int) string { return hex.EncodeToString(m.bytes(n)) }

func (m Mint) bytes(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(m.Random, b); err != nil {
		panic("org: no randomness: " + err.Error())
	}
	return b
}

// text draws n characters of the alphabet, each equally likely.
func (m Mint) text(n int, alphabet string) string {
	limit := 256 - 256%len(alphabet)
	out := make([]byte, 0, n)
	for len(out) < n {
		for _, b := range m.bytes(n - len(out) + 4) {
			if int(b) < limit && len(out) < n {
				out = append(out, alphabet[int(b)%len(alphabet)])
			}
		}
	}
	return string(out)
}

type minter interface {
	organization(Mint) string
	root(Mint) string
	unit(Mint, UnitID) string
	account(Mint) string
	creation(Mint) string
	handshake(Mint) string
	policy(Mint) string
	principal(Mint, PrincipalKind) string
	key(Mint, AccountID, bool) string
}

type awsMinter struct{}

func (awsMinter) organization(m Mint) string { return "o-" + m.text(10, lower36) }
func (awsMinter) root(m Mint) string         { return "r-" + m.text(4, lower36) }
func (awsMinter) account(m Mint) string      { return m.text(12, digits) }
func (awsMinter) creation(m Mint) string     { return "car-" + m.Hex(16) }
func (awsMinter) policy(m Mint) string       { return "p-" + m.text(10, lower36) }

func (awsMinter) handshake(m Mint) string { return "h-" + m.Hex(16) }

// A unit's id carries the four characters of its root.
func (awsMinter) unit(m Mint, root UnitID) string {
	return "ou-" + strings.TrimPrefix(string(root), "r-") + "-" + m.text(8, lower36)
}

func (awsMinter) principal(m Mint, k PrincipalKind) string {
	prefix := "AROA"
	if k == User {
		prefix = "AIDA"
	}
	return prefix + m.text(17, upper32)
}

func (awsMinter) key(m Mint, a AccountID, temporary bool) string {
	prefix := "AKIA"
	if temporary {
		prefix = "ASIA"
	}
	return prefix + accountCode(a, m.bytes(1)[0]) + m.text(7, upper32)
}

// accountCode writes an account's number into the nine characters that follow a key's prefix: base32 of 2^47 + number*128, whose last
// seven bits are filled by chance.
func accountCode(a AccountID, chance byte) string {
	n, _ := new(big.Int).SetString(string(a), 10)
	v := uint64(1)<<47 + n.Uint64()<<7 + uint64(chance&0x7f)
	var b [8]byte
	for i := range 6 {
		b[i] = byte(v >> (40 - 8*i))
	}
	return base32.StdEncoding.EncodeToString(b[:6])[:9]
}

// AccountOfKey reads the account out of an AWS access key id, stored or not. It reports false for ids that carry none.
func AccountOfKey(k KeyID) (AccountID, bool) {
	if len(k) < 16 || (k[:4] != "AKIA" && k[:4] != "ASIA") {
		return "", false
	}
	b, err := base32.StdEncoding.DecodeString(string(k[4:12]) + string(k[12]) + "AAAAAAA")
	if err != nil {
		return "", false
	}
	var v uint64
	for _, c := range b[:6] {
		v = v<<8 | uint64(c)
	}
	n := v & 0x7fffffffff80 >> 7
	if v < 1<<47 || n > 999999999999 {
		return "", false
	}
	s := big.NewInt(int64(n)).String()
	return AccountID(strings.Repeat("0", 12-len(s)) + s), true
}

type huaweiMinter struct{}

func (huaweiMinter) organization(m Mint) string               { return "o-" + m.text(32, lower36) }
func (huaweiMinter) root(m Mint) string                       { return "r-" + m.text(12, lower36) }
func (huaweiMinter) unit(m Mint, _ UnitID) string             { return "ou-" + m.text(28, lower36) }
func (huaweiMinter) account(m Mint) string                    { return m.Hex(16) }
func (huaweiMinter) creation(m Mint) string                   { return "h-" + m.text(32, lower36) }
func (huaweiMinter) policy(m Mint) string                     { return "p-" + m.text(32, lower36) }
func (huaweiMinter) principal(m Mint, _ PrincipalKind) string { return m.Hex(16) }

func (huaweiMinter) handshake(m Mint) string { return "h-" + m.text(32, lower36) }

func (huaweiMinter) key(m Mint, _ AccountID, temporary bool) string {
	const upper36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if temporary {
		return "HST" + m.text(17, upper36)
	}
	return "HPU" + m.text(17, upper36)
}
