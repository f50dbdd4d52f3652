package hwrest

// Bounds of a page. The newest references of both services say so; those of 2025 had a default of 1,000.
const (
	DefaultLimit = 200
	MaxLimit     = 2000
)

// Limit returns how many rows a page may have: what the request says, cut to 1..MaxLimit, or DefaultLimit when it says nothing.
// The contract refuses limits out of bounds before, so the cut is for callers that skip it.
func Limit(limit *int) int {
	if limit == nil {
		return DefaultLimit
	}
	return min(max(*limit, 1), MaxLimit)
}
