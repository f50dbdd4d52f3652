// Package awsrest speaks AWS's REST-JSON protocol as far as services need it whose operations are all a POST to a path of their own with
// every member in the body: /listRegions is ListRegions. Shapes and operations are those of package awsjson.
//
// A request goes through: path -> body -> signature -> JSON -> constraints -> operation. Errors carry their code in the header
// X-Amzn-ErrorType and their text in the member message.
package awsrest
