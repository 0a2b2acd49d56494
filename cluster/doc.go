// Package cluster runs a round past one machine: an Apache Beam pipeline lists the files in returns/, reads them on as many
// workers as there are, decides about the recipients shard by shard, scores them, and writes what comes out as shards. Its
// pieces are office/apart, checks, scoring and dataset of the main module, the same that one machine uses.
//
// Input is Options, which every worker gets; the round's folder and the output must be reached from each of them under the
// same name. Run runs the pipeline and then Finish, which writes results/ of the round from the shards, as office.Consolidate
// does. Run refuses what office.Open refuses, and a finish whose figures are not those of the shards.
//
// # What is written
//
//	read/read-SHARD        what was read of the files, for Finish
//	data/TABLE-SHARD.parquet  rows of the tables of package dataset, as one machine writes them
//	register/register-SHARD.json  entries and files of the register
//	figures.json           the consolidated figures
//	manifest.json          what is whole: every other file with its size and SHA-256
//
// SHARD is 00003-of-00016. A name depends on the shard alone, and what is in it on the round alone. Each file is written under
// another name and renamed: a bundle that fails and is repeated, as engines do, writes the same again. The manifest is deleted
// before anything else and written last. Without one, nothing here is to be used.
package cluster
