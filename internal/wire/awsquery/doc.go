// Package awsquery speaks the AWS Query protocol on the server's side: the action and its parameters in a form body or in the query string,
// XML back. It knows no service: operations, authentication and the fault table come from the API package.
//
// An operation reads its parameters from a Form, which collects what is wrong with them, and returns a struct that encoding/xml can write:
//
//	func getAccessKeyInfo(ctx context.Context, f *awsquery.Form) (any, error) {
//		key := f.String("AccessKeyId", awsquery.Text{Required: true, Min: 16, Max: 128})
//		if err := f.Err(); err != nil {
//			return nil, err
//		}
//		…
//	}
package awsquery
