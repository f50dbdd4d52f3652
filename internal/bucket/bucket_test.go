package bucket

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// files lists what lies below a directory.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, err = filepath.Rel(dir, name)
			out = append(out, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func open(t *testing.T, dir string) *Dir {
	t.Helper()
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func TestAnObjectIsPutOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "here")
	d := open(t, dir)
	for _, content := range []string{"one", "a longer one", "two"} {
		if err := d.Put("b", "deep/er/object.json", []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if got := files(t, dir); !slices.Equal(got, []string{"b/deep/er/object.json"}) {
		t.Errorf("there are %v", got)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "b", "deep", "er", "object.json")); string(got) != "two" {
		t.Errorf("it holds %q: %v", got, err)
	}
}

func TestWhatWasCutShortIsWrittenAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := open(t, dir)
	if err := os.MkdirAll(filepath.Join(dir, "b"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b", ".o.part"), []byte("much more than what there is to write"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.Put("b", "o", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "b", "o")); string(got) != "x" || len(files(t, dir)) != 1 {
		t.Errorf("it holds %q among %v: %v", got, files(t, dir), err)
	}
}

func TestNothingIsWrittenOutside(t *testing.T) {
	t.Parallel()
	above := t.TempDir()
	dir, secret := filepath.Join(above, "dir"), filepath.Join(above, "secret")
	d := open(t, dir)
	if err := os.Mkdir(secret, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	for _, at := range [][2]string{
		{"..", "secret/o"}, {"b", "../../secret/o"}, {"", "secret/o"}, {"link", "o"}, {"b", "../../o"}, {"../secret", "o"}, {"b/../..", "o"},
	} {
		if err := d.Put(at[0], at[1], []byte("x")); err == nil {
			t.Errorf("%q is put into %q", at[1], at[0])
		}
	}
	if got := files(t, secret); len(got) > 0 {
		t.Errorf("there is %v", got)
	}
	if got, err := filepath.Glob(filepath.Join(above, "*")); len(got) != 2 {
		t.Errorf("there are %v: %v", got, err)
	}
}

func TestAFolderThatWasTakenAwayIsMadeAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := open(t, dir)
	if err := d.Put("b", "o", nil); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	if err := d.Put("b", "o", nil); err != nil {
		t.Error(err)
	}
	if got := files(t, dir); !slices.Equal(got, []string{"b/o"}) {
		t.Errorf("there are %v", got)
	}
}
