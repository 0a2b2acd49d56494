// Package apart takes a round in that is too large for one machine: it reads the files in returns/ one by one, and decides
// about the recipients shard by shard, in as many processes as there are. What comes out is what office.TakeIn gives for the
// round as a whole, shard by shard.
//
// Open a round at each place, with the same shards and the same time. Read each file, and divide what was read by the shards
// that its returns belong to (Divide). Decide about each shard, and group what the shards' decisions give by key: the prints
// of all by their digests, to find copied answers (checks.AlikeByText, AlikeByAll, CopiesOf), and what came together by file, to
// find whose the evidence in it is (checks.KeepBeside). Then Finish each shard with what was found for it. Deciding costs
// little: whoever finishes may decide again, in place of keeping the decisions.
//
// It refuses nothing that office does not refuse. Nothing is written.
package apart
