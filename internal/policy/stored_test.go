package policy

import "testing"

func TestStoredTextsNeverGrantMoreThanTheySaid(t *testing.T) {
	t.Parallel()
	const allow = `{"Effect":"Allow","Action":"*","Resource":"*"}`
	for says, c := range map[string]struct {
		text string
		want Effect
	}{
		"a sound text":                               {`{"Version":"2012-10-17","Statement":[` + allow + `]}`, Allow},
		"an element beside the statements":           {`{"Version":"2012-10-17","Extra":1,"Statement":[` + allow + `]}`, Allow},
		"a version that is no text":                  {`{"Version":1,"Statement":` + allow + `}`, Allow},
		"an Allow with an element that is not known": {`{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Extra":1}]}`, None},
		"a Deny with an element that is not known":   {`{"Statement":[` + allow + `,{"Effect":"Deny","Action":"a:b","Resource":"*","Extra":1}]}`, Deny},
		"an effect that is not known":                {`{"Statement":[` + allow + `,{"Effect":"Audit","Action":"a:b","Resource":"*"}]}`, Deny},
		"a statement that is none":                   {`{"Statement":[` + allow + `,7]}`, Deny},
		"no statement":                               {`{"Version":"2012-10-17"}`, Deny},
		"no object":                                  {`[]`, Deny},
		"no JSON":                                    {`{"Statement":[`, Deny},
		"nothing":                                    {``, Deny},
	} {
		for _, d := range []*Dialect{SCP, RCP} {
			text := c.text
			got := Load(d.Managed(), Stored(text), "p-1").Evaluate(&Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::x", Principal: Principal{Account: "1"}})
			if d == RCP && c.want == Allow {
				continue // it allows nobody who is not named
			}
			if got.Effect != c.want {
				t.Errorf("%s in a %s: %s, want %s", says, d.name, got.Effect, c.want)
			}
		}
	}
}

func FuzzStored(f *testing.F) {
	f.Add(`{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},7]}`)
	f.Add(`{"Version":"2012-10-17","Statement":{"Effect":"Deny","Condition":{"X":{"y":[1]}}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		d := Stored(text)
		if _, err := Parse(text); err != nil && len(d.Statements) == 0 {
			t.Error("an unreadable text neither allows nor denies")
		}
		Load(SCP, d, "p-1")
	})
}
