package hwsign

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// sign returns the signature of a canonical request. SDK-HMAC-SHA256 uses the secret as it is.
func (s *signature) sign(secret string, canonical []byte) (string, error) {
	hash := sha256.Sum256(canonical)
	b := make([]byte, 0, 256)
	b = append(b, s.Algorithm+"\n"...)
	b = append(b, s.date+"\n"...)
	key := secret
	if s.Algorithm == V11HMACSHA256 {
		info := s.Date + "/" + s.Region + "/" + s.Service
		b = append(b, info+"\n"...)
		var err error
		if key, err = derivedKey(s.AccessKeyID, secret, info); err != nil {
			return "", err
		}
	}
	b = hex.AppendEncode(b, hash[:])
	h := hmac.New(sha256.New, []byte(key))
	h.Write(b)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// derivedKey is the key of one day, region and service. It is the hexadecimal text, not the bytes it stands for, that signs.
func derivedKey(accessKeyID, secret, info string) (string, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), []byte(accessKeyID), info, sha256.Size)
	if err != nil {
		return "", fmt.Errorf("derive key of %s: %w", accessKeyID, err)
	}
	return hex.EncodeToString(key), nil
}
