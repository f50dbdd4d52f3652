package sqlstore

import (
	"context"
	"database/sql"
	"errors"
)

func (r *reader) Setting(ctx context.Context, name string) ([]byte, error) {
	v, err := r.db.GetSetting(ctx, name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, r.fault(err, "read setting", name)
	}
	return blob(v), nil
}

func (t *tx) InitSetting(ctx context.Context, name string, value []byte) ([]byte, error) {
	if err := t.db.InsertSetting(ctx, name, blob(value)); err != nil {
		return nil, t.fault(err, "insert setting", name)
	}
	return t.Setting(ctx, name)
}
