package main

import rego.v1

deny contains found("rights", sprintf("gives %s", [word])) if {
	input.kind in ["Role", "ClusterRole"]
	some rule in input.rules
	some part in ["apiGroups", "resources", "verbs"]
	some word in rule[part]
	word == "*"
}

deny contains found("rights", "holds in the whole cluster") if input.kind in ["ClusterRole", "ClusterRoleBinding"]

deny contains found("rights", "gives rights to everyone") if {
	input.kind in ["RoleBinding", "ClusterRoleBinding"]
	some subject in input.subjects
	subject.name in ["system:anonymous", "system:unauthenticated", "system:authenticated"]
}
