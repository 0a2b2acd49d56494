package bucket

import (
	"context"
	"errors"
	"net"
	"strings"

	"gocloud.dev/gcerrors"

	"github.com/rubric-project/rubric/internal/fault"
)

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

// InWords says what is wrong with a bucket, or with an object in it, in people's words; object is "" for the bucket. Nothing of
// what the provider said is repeated but its code: addresses in it may hold keys. A stop is given on as it is.
func (a Address) InWords(err error, object string) error { return a.said(err, object, "read", needs) }

// NotWritten is InWords for an object that could not be written or deleted.
func (a Address) NotWritten(err error, object string) error {
	return a.said(err, object, "written", needsToWrite)
}

func (a Address) said(err error, object, done string, needs map[string]string) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	what := a.Shown
	if object != "" {
		what += ": " + object
	}
	out := &fault.Error{Err: redacted{err}}
	var network *net.OpError
	var name *net.DNSError
	code, text := providersCode(err), err.Error()
	switch {
	case strings.Contains(text, "query parameter"), strings.Contains(text, "invalid value for"):
		out.Message, out.Remedy, out.Usage = what+" has an option after the question mark that is not known, or a value that is none", "see docs/buckets.md for the options", true
	case strings.Contains(text, "egion must be set"), strings.Contains(text, "Missing Region"), strings.Contains(text, "Invalid region"):
		out.Message, out.Remedy = what+" cannot be looked for: it is not said in which region", "set AWS_REGION, or name it, as in 's3://"+a.Name+"?region=eu-west-2'"
	case strings.Contains(text, "AccountName is required"):
		out.Message, out.Remedy = what+" cannot be looked for: it is not said in which storage account", "set AZURE_STORAGE_ACCOUNT"
	case signedOut(text, code): // before the network: without a key the libraries look for one at addresses that only the provider's machines have
		out.Message, out.Remedy = what+" cannot be opened: the provider does not know who is asking", signingIn[a.Scheme]
	case errors.As(err, &name), errors.As(err, &network), errors.Is(err, context.DeadlineExceeded), gcerrors.Code(err) == gcerrors.DeadlineExceeded:
		out.Message, out.Remedy = what+" cannot be reached: the network does not lead there", "check the connection, and a proxy or an address in the bucket's options if there is one"
	case gcerrors.Code(err) == gcerrors.NotFound && object != "":
		out.Message, out.Remedy = what+" is not there any more; it was when the bucket was listed", "run it again"
	case gcerrors.Code(err) == gcerrors.NotFound, noBucket(err):
		out.Message, out.Remedy = what+": there is no such bucket", "check its name, its region, and the account that it belongs to"
	case gcerrors.Code(err) == gcerrors.PermissionDenied, code == "AccessDenied", code == "AuthorizationPermissionMismatch":
		out.Message, out.Remedy = what+" may not be "+done+" by whoever is signed in", "ask for "+needs[a.Scheme]
	case code == "PermanentRedirect", code == "AuthorizationHeaderMalformed", code == "IllegalLocationConstraintException":
		out.Message, out.Remedy = what+" lies in another region", "name it, as in 's3://"+a.Name+"?region=eu-west-2'"
	default:
		out.Message, out.Remedy = what+" cannot be "+done, "look whether it can be "+done+" with the provider's own tool"
		if code == "" {
			code = gcerrors.Code(err).String()
		}
		out.Message += " (" + code + ")"
	}
	return out
}

// needsToWrite is what one must be allowed beside that to write, by scheme.
var needsToWrite = map[string]string{
	"s3":     "s3:PutObject and s3:DeleteObject on what is in the bucket",
	"gs":     "the role Storage Object User on the bucket",
	"azblob": "the role Storage Blob Data Contributor on the container",
}

// noBucket says that there is no such bucket, and not only no such object.
func noBucket(err error) bool {
	code := providersCode(err)
	return code == "NoSuchBucket" || code == "ContainerNotFound"
}

// signedOut says whether nobody is signed in, or not as the provider wants it.
func signedOut(text, code string) bool {
	switch code {
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "ExpiredTokenException", "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation":
		return true
	}
	// The libraries have no types for these.
	for _, part := range []string{"failed to refresh cached credentials", "failed to retrieve credentials", "could not find default credentials",
		"DefaultAzureCredential", "failed to load shared config", "failed to get shared config profile"} {
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
