package main

import rego.v1

deny contains found("image-tag", sprintf("the image %s of %s says no release", [container.image, container.name])) if {
	some container in containers
	not has_release(container.image)
}

has_release(image) if contains(image, "@sha256:")

has_release(image) if {
	[_, tag] := split(last_part(image), ":")
	tag != "latest"
	tag != ""
}

# A port of the registry is no tag.
last_part(image) := part if {
	parts := split(image, "/")
	part := parts[count(parts) - 1]
}

deny contains found("image-pull", sprintf("%s may start from an image of the node that its pod may not pull", [container.name])) if {
	some container in containers
	object.get(container, "imagePullPolicy", "") != "Always"
}
