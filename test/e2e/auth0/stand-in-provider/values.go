package main

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

type object = map[string]any

// names says what an attribute is called in the API, where it is not called the same.
type names map[string]string

func (n names) of(attribute string) string {
	if name, ok := n[attribute]; ok {
		return name
	}
	return attribute
}

// changed gives the attributes that have changed, or all that are set when the resource is new. One that the configuration
// leaves out is not sent, as the provider does not send it.
func changed(d *schema.ResourceData, called names, attributes ...string) object {
	body := object{}
	for _, name := range attributes {
		if !d.HasChange(name) || d.GetRawConfig().GetAttr(name).IsNull() {
			continue
		}
		value, isSet := d.GetOkExists(name) //nolint:staticcheck // false and 0 are values too
		if isSet || !d.IsNewResource() {
			body[called.of(name)] = value
		}
	}
	return body
}

// firstBlock gives a nested block as an object; nil when there is none.
func firstBlock(d *schema.ResourceData, name string, called names) object {
	blocks, _ := d.Get(name).([]any)
	if len(blocks) == 0 || blocks[0] == nil {
		return nil
	}
	made := object{}
	for key, value := range blocks[0].(object) {
		made[called.of(key)] = value
	}
	return made
}

// store puts what the API answered into the state.
func store(d *schema.ResourceData, answer object, called names, attributes ...string) error {
	for _, name := range attributes {
		if value, ok := answer[called.of(name)]; ok {
			if err := d.Set(name, value); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

// storeBlock puts an object of the API into the state as a nested block with these attributes.
func storeBlock(d *schema.ResourceData, name string, value any, called names, attributes ...string) error {
	given, ok := value.(object)
	if !ok {
		return d.Set(name, []any{})
	}
	block := object{}
	for _, attribute := range attributes {
		if inner, ok := given[called.of(attribute)]; ok {
			block[attribute] = inner
		}
	}
	return d.Set(name, []any{block})
}

func text(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}
