// Package warehouse loads rounds into a PostgreSQL database that holds many of them: the tables of package dataset, each
// with the round as its first column and partitioned by it, and views for the questions that are asked most, over time and
// across rounds too.
//
// Start with Open and Load. A load is one transaction: whoever reads sees the round as it was until it is whole, and what is
// broken off leaves nothing behind. Loading a round again replaces exactly that round. Loads of one database follow each
// other. Everything stands in the schema rubric; the schema rubric_analysis has the same answers and scores without names,
// texts and ids of recipients, for a role that must not see them.
//
// Addresses are those of PostgreSQL's own programs, and so are TLS, passwords and their files: nothing is read or kept
// here. Left out on purpose: creating databases and roles, which is for whoever looks after the server.
package warehouse
