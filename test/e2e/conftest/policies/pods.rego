package main

import rego.v1

deny contains found("privileged", sprintf("%s is privileged", [container.name])) if {
	some container in containers
	container.securityContext.privileged == true
}

deny contains found("escalation", sprintf("%s may gain rights", [container.name])) if {
	some container in containers
	object.get(container, ["securityContext", "allowPrivilegeEscalation"], true) != false
}

deny contains found("capabilities", sprintf("%s keeps capabilities", [container.name])) if {
	some container in containers
	not "ALL" in object.get(container, ["securityContext", "capabilities", "drop"], [])
}

deny contains found("capabilities", sprintf("%s adds capabilities", [container.name])) if {
	some container in containers
	count(object.get(container, ["securityContext", "capabilities", "add"], [])) > 0
}

deny contains found("root", sprintf("%s may run as root", [container.name])) if {
	some container in containers
	of_pod := object.get(pod, ["securityContext", "runAsNonRoot"], false)
	object.get(container, ["securityContext", "runAsNonRoot"], of_pod) != true
}

deny contains found("root", "the pod runs as user 0") if pod.securityContext.runAsUser == 0

deny contains found("root", sprintf("%s runs as user 0", [container.name])) if {
	some container in containers
	container.securityContext.runAsUser == 0
}

deny contains found("root-file-system", sprintf("%s may write to its root file system", [container.name])) if {
	some container in containers
	object.get(container, ["securityContext", "readOnlyRootFilesystem"], false) != true
}

deny contains found("resources", sprintf("%s has no %s of %s", [container.name, part, resource])) if {
	some container in containers
	some part in ["requests", "limits"]
	some resource in ["cpu", "memory"]
	not container.resources[part][resource]
}

deny contains found("seccomp", "the pod has no seccomp profile") if {
	pod
	object.get(pod, ["securityContext", "seccompProfile", "type"], "") != "RuntimeDefault"
}

deny contains found("host", sprintf("the pod shares %s with the node", [field])) if {
	some field in ["hostNetwork", "hostPID", "hostIPC"]
	pod[field] == true
}

deny contains found("host", sprintf("the volume %s is a directory of the node", [volume.name])) if {
	some volume in pod.volumes
	volume.hostPath
}

deny contains found("host", sprintf("%s takes a port of the node", [container.name])) if {
	some container in containers
	some port in container.ports
	port.hostPort
}

# A pod that never asks Kubernetes has no use for a token, and who breaks into it has.
deny contains found("token", "the pod of the default service account has a token") if {
	pod
	object.get(pod, "serviceAccountName", "default") == "default"
	object.get(pod, "automountServiceAccountToken", true) != false
}
