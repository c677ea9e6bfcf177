package main

import rego.v1

# Names of variables whose values no manifest may have in clear text.
secret_name := `(?i)(passw(or)?d|secret|token|license|credential|private_?key|access_?key)`

# Names that only sound so: where something is, how long it holds, whom it is for.
harmless_name := `(?i)(_(id|name|path|file|dir|root|host|port|url|uri|expiry|issuer|duration|minutes|enabled|provider)$|^.*_(enabled|disabled)_|secret_name)`

deny contains found("secret-in-environment", sprintf("the variable %s of %s has its value in the manifest", [variable.name, container.name])) if {
	some container in containers
	some variable in container.env
	regex.match(secret_name, variable.name)
	not regex.match(harmless_name, variable.name)
	object.get(variable, "value", "") != ""
}

deny contains found("secret-in-configuration", sprintf("the key %s has a private key in clear text", [key])) if {
	input.kind == "ConfigMap"
	some key, text in input.data
	contains(text, "PRIVATE KEY-----")
}

deny contains found("secret-in-configuration", sprintf("the key %s has a password in a URL", [key])) if {
	input.kind == "ConfigMap"
	some key, text in input.data
	regex.match(`://[^\s/:@$]+:[^\s/@$]+@`, text)
}
