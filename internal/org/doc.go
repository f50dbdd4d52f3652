// Package org is the domain: the nouns of an organizations service and the laws they keep.
//
// An organization is a tree. Its root and its units hold accounts, one of which manages the rest. What all clouds share is written here
// once; what differs between them is data in a rulebook (Rules), chosen by the Partition an organization belongs to. Nothing here
// knows a wire form, a database or a clock: times and ids come in as arguments.
package org
