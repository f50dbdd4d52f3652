// Package landing is the domain of landing zones, as Huawei Cloud's Resource Governance Center has them: a zone over an organization, the
// units and accounts it manages, and the long operations on them.
package landing
