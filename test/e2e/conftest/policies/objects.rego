package main

import rego.v1

# What is said of an object in every finding.
where := sprintf("%s/%s", [input.kind, input.metadata.name])

# The pod of a workload, of whatever kind.
pod := input.spec.template.spec

containers contains container if some container in pod.containers

containers contains container if some container in pod.initContainers

found(rule, message) := {
	"msg": sprintf("%s: %s", [where, message]),
	"rule": rule,
	"object": where,
}
