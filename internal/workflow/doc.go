// Package workflow carries out what takes time: one long deed a file, each a list of steps. A step that writes calls the control plane's deeds
// in its own transaction; a step that calls asks the World, which is everything outside of this server.
//
//	controlplane: tx.Start("create-account", subject)
//	        |
//	durable engine --Before--> is the step due? is it to fail?      (pace, faults)
//	        |
//	      step -----Write----> controlplane's deeds in the step's transaction
//	        +-------Call-----> World
//
// Pace and faults are asked before a step and outside its transaction: a transaction may run twice, and a fault is spent once.
package workflow
