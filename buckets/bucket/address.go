package bucket

import (
	"context"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob" // azblob://
	_ "gocloud.dev/blob/gcsblob"   // gs://
	_ "gocloud.dev/blob/s3blob"    // s3://
	"gocloud.dev/gcp"

	"github.com/rubric-project/rubric/internal/fault"
)

// kinds are the schemes of buckets.
var kinds = []string{"s3", "gs", "azblob"}

// Is says whether a person who wrote this means a bucket.
func Is(source string) bool {
	scheme, _, found := strings.Cut(source, "://")
	return found && slices.Contains(kinds, scheme)
}

// Address is a bucket as a person wrote it, taken apart.
type Address struct {
	// Shown is what is said of it, which has nothing that could be secret.
	Shown string
	// Scheme is s3, gs or azblob, and Name the bucket's.
	Scheme, Name string
	// Prefix is the folder in it, without slashes at its ends; "" for the whole bucket.
	Prefix string
	// opened is what the library opens, with its options.
	opened string
}

// Parse takes an address apart. One with somebody to sign in is refused: commands are seen by others.
func Parse(source string) (Address, error) {
	u, err := url.Parse(source)
	if err != nil || u.Host == "" || u.User != nil {
		return Address{}, fault.Usage("the bucket cannot be understood", "write it as s3://BUCKET, gs://BUCKET or azblob://CONTAINER, and what is to be read in it after a slash; who signs in is not part of it")
	}
	a := Address{Scheme: u.Scheme, Name: u.Host, Prefix: strings.Trim(u.Path, "/")}
	a.Shown = strings.TrimSuffix(a.Scheme+"://"+a.Name+"/"+a.Prefix, "/")
	a.opened = (&url.URL{Scheme: u.Scheme, Host: u.Host, RawQuery: u.RawQuery}).String()
	return a, nil
}

// Below is an object's path below the prefix, or false where it lies elsewhere. The prefix is a folder, or one object.
func (a Address) Below(key string) (string, bool) {
	if a.Prefix == "" {
		return key, true
	}
	if key == a.Prefix {
		return path.Base(key), true
	}
	return strings.CutPrefix(key, a.Prefix+"/")
}

// Within says that this address is the other one, or lies in it.
func (a Address) Within(other Address) bool {
	return a.Scheme == other.Scheme && a.Name == other.Name && (other.Prefix == "" || a.Prefix == other.Prefix || strings.HasPrefix(a.Prefix, other.Prefix+"/"))
}

// Open opens the bucket, for whoever is signed in as the provider's own tools find it. The error is in people's words.
func Open(ctx context.Context, a Address) (*blob.Bucket, error) {
	if a.Scheme == "gs" && os.Getenv("STORAGE_EMULATOR_HOST") == "" && !strings.Contains(a.opened, "anonymous=") {
		// Without anybody signed in, the library writes a warning to standard output and goes on.
		if _, err := gcp.DefaultCredentials(ctx); err != nil {
			return nil, a.InWords(err, "")
		}
	}
	b, err := blob.OpenBucket(ctx, a.opened)
	if err != nil {
		return nil, a.InWords(err, "")
	}
	return b, nil
}
