// Package bucket is a bucket of a cloud provider as the programs over rubric use it: its address, what is wrong with it in
// people's words, its objects as files, and writing to it.
//
// Input is an address (Parse) such as s3://returns-2027/spring; Open opens it for whoever is signed in. Files are its objects as
// an fs.FS, that a round can be opened from (office.OpenFiles): folders are what lies between slashes, and an object's time is
// when it was put there. An object of any size takes bounded memory. Errors are *fault.Error in people's words, without
// anything secret.
package bucket
