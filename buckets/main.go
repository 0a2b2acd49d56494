// Command rubric-buckets collects returns from buckets of Amazon S3, Google Cloud Storage and Azure Blob Storage into a round
// folder, as 'rubric collect' does from folders and mailboxes. It is a program of its own, so that rubric itself need not carry
// the providers' libraries.
package main

import (
	"os"

	"github.com/rubric-project/rubric/cmd"
)

func main() { os.Exit(collector().Main(os.Args[1:]...)) }

// collector is the command line of the program.
func collector() cmd.Collector {
	return cmd.Collector{
		Name:  "rubric-buckets",
		Short: "Copy returns into returns/ from buckets: s3://, gs://, azblob://",
		Long: `collect copies into returns/ what lies in a bucket, or below a prefix in it, and is not there yet. Messages and archives are
taken apart as 'rubric collect' does. Objects are read that are new or changed since the last time; nothing in the bucket is
changed. Who signs in is found as the provider's own tools find it: environment variables, their configuration, or the
identity of the machine. docs/buckets.md has more.`,
		Example: `  rubric-buckets collect s3://returns-2027/spring -C spring
  rubric-buckets collect gs://returns-2027 azblob://returns/spring -C spring
  rubric-buckets collect 's3://returns?region=eu-west-2' -C spring`,
		Open: open,
	}
}
