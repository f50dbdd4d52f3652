package harness

import (
	"cmp"
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
)

// Region is where the AWS clients think that they are.
const Region = "us-east-1"

// Retrieve implements aws.CredentialsProvider.
func (k Key) Retrieve(context.Context) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: k.ID, SecretAccessKey: k.Secret, SessionToken: k.Token}, nil
}

// Organizations returns an SDK client that tries everything once, so that a test sees each error.
func (s *Server) Organizations(k Key) *organizations.Client {
	return organizations.New(organizations.Options{
		Region: Region, BaseEndpoint: &s.URL, Credentials: k, Retryer: aws.NopRetryer{}, HTTPClient: whole{Client},
		APIOptions: []func(*middleware.Stack) error{s.enter},
	})
}

// STS returns an SDK client that tries everything once.
func (s *Server) STS(k Key) *sts.Client {
	return sts.New(sts.Options{Region: Region, BaseEndpoint: &s.URL, Credentials: k, Retryer: aws.NopRetryer{}, HTTPClient: whole{Client}})
}

// IAM returns an SDK client that tries everything once.
func (s *Server) IAM(k Key) *iam.Client {
	return iam.New(iam.Options{Region: Region, BaseEndpoint: &s.URL, Credentials: k, Retryer: aws.NopRetryer{}, HTTPClient: whole{Client}})
}

// WantAWS checks that an SDK call was refused with the code, and with the reason where the error has one.
func WantAWS(t testing.TB, err error, code, reason string) {
	t.Helper()
	gotCode, gotReason := AWSError(err)
	if gotCode != code || gotReason != reason {
		t.Errorf("the call ends with %s (%s), want %s (%s): %v", cmp.Or(gotCode, "success"), cmp.Or(gotReason, "no reason"), code, cmp.Or(reason, "no reason"), err)
	}
}

// AWSError returns the code of an SDK call's error and the reason that it gives; both are empty for nil.
func AWSError(err error) (code, reason string) {
	if err == nil {
		return "", ""
	}
	var e smithy.APIError
	if !errors.As(err, &e) {
		return "no answer of the service: " + err.Error(), ""
	}
	// Each exception is a type of its own; those with a reason have it in a field of this name.
	if v := reflect.Indirect(reflect.ValueOf(e)); v.Kind() == reflect.Struct {
		if f := v.FieldByName("Reason"); f.IsValid() {
			reason = f.String()
		}
	}
	return e.ErrorCode(), reason
}
