package kill

// A law is a question to the tables whose answer is nothing. The questions are asked of both engines in the same words.
type law struct{ says, offenders string }

var laws = []law{
	{"no work is left", `SELECT id FROM sagas`},
	{"no creation is in progress", `SELECT id FROM creations WHERE state NOT IN ('SUCCEEDED', 'FAILED')`},
	{"no account is half made", `SELECT id FROM accounts WHERE state <> 'ACTIVE'`},
	{"a creation that succeeded has its account", `SELECT c.id FROM creations c WHERE c.state = 'SUCCEEDED' AND NOT EXISTS
		(SELECT 1 FROM accounts a WHERE a.id = c.account_id AND a.organization_id = c.organization_id AND a.partition = c.partition)`},
	{"a creation that failed has none", `SELECT id FROM creations WHERE state = 'FAILED' AND (account_id <> '' OR failure = '')`},
	{"no two creations share an account", `SELECT account_id FROM creations WHERE account_id <> '' GROUP BY account_id HAVING count(*) > 1`},
	{"no account is without its creation", `SELECT a.id FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM creations c WHERE c.account_id = a.id)
		AND NOT EXISTS (SELECT 1 FROM organizations o WHERE o.management_id = a.id)`},
	{"an account is in its organization, below its root", `SELECT a.id FROM accounts a WHERE NOT EXISTS
		(SELECT 1 FROM organizations o WHERE o.id = a.organization_id AND o.root_id = a.parent_id)`},

	{"no principal is without its account", `SELECT id FROM principals WHERE account_id NOT IN (SELECT id FROM accounts)`},
	{"a made account has its root user, service role and access role", `SELECT a.id FROM accounts a JOIN creations c ON c.account_id = a.id
		LEFT JOIN principals p ON p.account_id = a.id GROUP BY a.id HAVING count(p.id) <> 3 OR count(DISTINCT p.kind) <> 3`},
	{"no key is without its principal", `SELECT id FROM keys WHERE principal_id NOT IN (SELECT id FROM principals)`},
	{"a made account has no keys", `SELECT k.id FROM keys k JOIN creations c ON c.account_id = k.account_id`},

	{"a reservation belongs to an account", `SELECT holder FROM reservations WHERE holder NOT IN (SELECT id FROM accounts)`},
	{"an account holds each of its fields once", `SELECT holder FROM reservations GROUP BY holder, field HAVING count(*) > 1`},
	{"an account's address is reserved for it", `SELECT a.id FROM accounts a WHERE a.email <> '' AND NOT EXISTS (SELECT 1 FROM reservations r
		WHERE r.partition = a.partition AND r.field = 'email' AND r.value = lower(a.email) AND r.holder = a.id)`},
	{"an account's name is reserved for it where names are unique", `SELECT a.id FROM accounts a WHERE a.partition = 'huaweicloud' AND NOT EXISTS
		(SELECT 1 FROM reservations r WHERE r.partition = a.partition AND r.field = 'name' AND r.value = a.name AND r.holder = a.id)`},

	{"a tag is on something", `SELECT t.resource FROM tags t WHERE NOT EXISTS
		(SELECT 1 FROM accounts a WHERE a.id = t.resource AND a.organization_id = t.organization_id)`},

	{"an event is written once", `SELECT id FROM events GROUP BY id HAVING count(*) > 1`},
	{"nothing is requested, ended or joined twice", `SELECT subject FROM events WHERE name IN ('AccountRequested', 'AccountCreationEnded', 'AccountJoined')
		GROUP BY organization_id, name, subject HAVING count(*) > 1`},
	{"a creation's request and end are on record", `SELECT c.id FROM creations c WHERE 2 <> (SELECT count(*) FROM events e
		WHERE e.organization_id = c.organization_id AND e.subject = c.id AND e.name IN ('AccountRequested', 'AccountCreationEnded'))`},
	{"a made account's joining is on record", `SELECT c.id FROM creations c WHERE c.state = 'SUCCEEDED' AND 1 <> (SELECT count(*) FROM events e
		WHERE e.organization_id = c.organization_id AND e.subject = c.account_id AND e.name = 'AccountJoined')`},
	{"no event tells of what does not exist", `SELECT e.subject FROM events e WHERE e.name <> 'OrganizationCreated'
		AND NOT EXISTS (SELECT 1 FROM creations c WHERE c.organization_id = e.organization_id AND e.subject IN (c.id, c.account_id))`},
	{"each version of an organization has its events, from the first to the last", `SELECT o.id FROM organizations o WHERE o.version <>
		(SELECT count(DISTINCT e.version) FROM events e WHERE e.organization_id = o.id AND e.version BETWEEN 1 AND o.version)`},
	{"no event is of a version that an organization has not reached", `SELECT e.id FROM events e WHERE NOT EXISTS
		(SELECT 1 FROM organizations o WHERE o.id = e.organization_id AND e.version BETWEEN 1 AND o.version)`},
	{"the events of one version have no gap", `SELECT organization_id FROM events GROUP BY organization_id, version
		HAVING min(idx) <> 0 OR max(idx) <> count(*) - 1`},
}
