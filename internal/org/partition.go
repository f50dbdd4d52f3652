package org

// A Partition is one closed world of a cloud: its own accounts, identifiers, quotas and rules. Organizations never span two.
type Partition string

// The partitions that exist.
const (
	AWS      Partition = "aws"
	AWSChina Partition = "aws-cn"
	AWSGov   Partition = "aws-us-gov"
	Huawei   Partition = "huaweicloud"
)

// Partitions lists every partition that has a rulebook.
var Partitions = []Partition{AWS, AWSChina, AWSGov, Huawei}
