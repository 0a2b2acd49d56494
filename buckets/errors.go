package main

import (
	"context"
	"errors"
	"net"
	"strings"

	"gocloud.dev/gcerrors"

	"github.com/rubric-project/rubric/internal/fault"
)

func misuse(message, remedy string) error { return fault.Usage(message, remedy) }

// signingIn says how the provider's own tools find who signs in, by scheme.
var signingIn = map[string]string{
	"s3":     "sign in as the AWS command line does: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_REGION; 'aws sts get-caller-identity' says who you are",
	"gs":     "sign in with 'gcloud auth application-default login', or set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account",
	"azblob": "set AZURE_STORAGE_ACCOUNT, and sign in with 'az login' or set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN",
}

// needs is what one must be allowed, by scheme.
var needs = map[string]string{
	"s3":     "s3:ListBucket on the bucket and s3:GetObject on what is in it",
	"gs":     "the role Storage Object Viewer on the bucket",
	"azblob": "the role Storage Blob Data Reader on the container",
}

// inWords says what is wrong with a bucket, or with an object in it, in people's words. Nothing of what the provider said is
// repeated but its code: addresses in it may hold keys.
func (a address) inWords(err error, object string) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	what := a.shown
	if object != "" {
		what += ": " + object
	}
	out := &fault.Error{Err: redacted{err}}
	var network *net.OpError
	var name *net.DNSError
	code := providersCode(err)
	switch {
	case errors.As(err, &name), errors.As(err, &network), errors.Is(err, context.DeadlineExceeded), gcerrors.Code(err) == gcerrors.DeadlineExceeded:
		out.Message, out.Remedy = what+" cannot be reached: the network does not lead there", "check the connection, and a proxy or an address in the bucket's options if there is one"
	case signedOut(err, code):
		out.Message, out.Remedy = what+" cannot be opened: the provider does not know who is asking", signingIn[a.scheme]
	case gcerrors.Code(err) == gcerrors.NotFound && object != "":
		out.Message, out.Remedy = what+" is not there any more; it was when the bucket was listed", "run it again"
	case gcerrors.Code(err) == gcerrors.NotFound, code == "NoSuchBucket", code == "ContainerNotFound":
		out.Message, out.Remedy = what+": there is no such bucket", "check its name, its region, and the account that it belongs to"
	case gcerrors.Code(err) == gcerrors.PermissionDenied, code == "AccessDenied", code == "AuthorizationPermissionMismatch":
		out.Message, out.Remedy = what+" may not be read by whoever is signed in", "ask for "+needs[a.scheme]
	case code == "PermanentRedirect", code == "AuthorizationHeaderMalformed", code == "IllegalLocationConstraintException":
		out.Message, out.Remedy = what+" lies in another region", "name it, as in 's3://"+a.name+"?region=eu-west-2'"
	default:
		out.Message, out.Remedy = what+" cannot be read", "look whether the provider's own tool can read it"
		if code == "" {
			code = gcerrors.Code(err).String()
		}
		out.Message += " (" + code + ")"
	}
	return out
}

// signedOut says whether nobody is signed in, or not as the provider wants it.
func signedOut(err error, code string) bool {
	switch code {
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "ExpiredTokenException", "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation":
		return true
	}
	// The libraries have no types for these.
	text := err.Error()
	for _, part := range []string{"failed to refresh cached credentials", "failed to retrieve credentials", "could not find default credentials",
		"DefaultAzureCredential", "AZURE_STORAGE_ACCOUNT", "failed to load shared config", "failed to get shared config profile"} {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// providersCode is the code of the provider's error, such as NoSuchBucket, or "".
func providersCode(err error) string {
	var s3 interface{ ErrorCode() string } // smithy.APIError
	if errors.As(err, &s3) && plainCode(s3.ErrorCode()) {
		return s3.ErrorCode()
	}
	if code := azureCode(err); plainCode(code) {
		return code
	}
	return ""
}

// plainCode says that a text is a code and nothing else.
func plainCode(s string) bool {
	return len(s) < 60 && !strings.ContainsFunc(s, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') })
}

// redacted is an error whose text says nothing.
type redacted struct{ err error }

func (r redacted) Error() string { return "the provider's error" }
func (r redacted) Unwrap() error { return r.err }
