// The stand-in for terraform-provider-auth0: the provider's schema and the calls it makes, for machines that cannot have
// the provider itself. It is built with the same plugin SDK, so Terraform plans, diffs and stores as with the provider.
//
// PACHKIT_PROVIDER_SCHEMA names the schema, a part of `terraform providers schema -json`. With PACHKIT_PROVIDER_SOURCE it is
// another provider, of which it knows the schema and no calls.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/plugin"
)

const auth0 = "registry.terraform.io/auth0/auth0"

// sourceOf is the provider that PACHKIT_PROVIDER_SOURCE names.
func sourceOf() string {
	if source := os.Getenv("PACHKIT_PROVIDER_SOURCE"); source != "" {
		return source
	}
	return auth0
}

type schemaFile struct {
	ProviderSchemas map[string]struct {
		Provider          entry            `json:"provider"`
		ResourceSchemas   map[string]entry `json:"resource_schemas"`
		DataSourceSchemas map[string]entry `json:"data_source_schemas"`
	} `json:"provider_schemas"`
}

type entry struct {
	Block block `json:"block"`
}

type block struct {
	Attributes map[string]attribute `json:"attributes"`
	BlockTypes map[string]struct {
		Block    block `json:"block"`
		MinItems int   `json:"min_items"`
		MaxItems int   `json:"max_items"`
	} `json:"block_types"`
}

type attribute struct {
	Type      any  `json:"type"`
	Required  bool `json:"required"`
	Optional  bool `json:"optional"`
	Computed  bool `json:"computed"`
	Sensitive bool `json:"sensitive"`
	WriteOnly bool `json:"write_only"`
}

func main() {
	content, err := os.ReadFile(os.Getenv("PACHKIT_PROVIDER_SCHEMA"))
	if err != nil {
		log.Fatal(err)
	}
	var file schemaFile
	if err := json.Unmarshal(content, &file); err != nil {
		log.Fatal(err)
	}
	source := sourceOf()
	known := file.ProviderSchemas[source]
	provider := &schema.Provider{
		Schema:               schemaOf(known.Provider.Block, nil),
		ResourcesMap:         map[string]*schema.Resource{},
		DataSourcesMap:       map[string]*schema.Resource{},
		ConfigureContextFunc: configure,
	}
	if source != auth0 {
		provider.ConfigureContextFunc = nil
	}
	for name, described := range known.ResourceSchemas {
		calls, ok := resources[name]
		if source != auth0 {
			calls, ok = kept, true
		}
		if !ok {
			log.Fatalf("no calls are known for %s", name)
		}
		resource := &schema.Resource{
			Schema:        schemaOf(described.Block, calls.replacedBy),
			CreateContext: run(calls.create),
			ReadContext:   readOrForget(calls.read),
			DeleteContext: run(calls.delete),
		}
		if calls.update != nil {
			resource.UpdateContext = run(calls.update)
		}
		if calls.isImportable {
			resource.Importer = &schema.ResourceImporter{StateContext: schema.ImportStatePassthroughContext}
		}
		provider.ResourcesMap[name] = resource
	}
	for name, described := range known.DataSourceSchemas {
		attributes := schemaOf(described.Block, nil)
		// The provider stores all options of a connection; two of them show what that means.
		attributes["options"] = &schema.Schema{Type: schema.TypeList, Computed: true, Elem: &schema.Resource{
			Schema: map[string]*schema.Schema{
				"client_id":     {Type: schema.TypeString, Computed: true},
				"client_secret": {Type: schema.TypeString, Computed: true},
			},
		}}
		provider.DataSourcesMap[name] = &schema.Resource{Schema: attributes, ReadContext: run(dataSources[name])}
	}
	plugin.Serve(&plugin.ServeOpts{ProviderFunc: func() *schema.Provider { return provider }, ProviderAddr: source})
}

// schemaOf gives the schema in the SDK's form; attributes in replacedBy make a new resource when they change.
func schemaOf(described block, replacedBy []string) map[string]*schema.Schema {
	made := map[string]*schema.Schema{}
	for name, attribute := range described.Attributes {
		if name == "id" && attribute.Computed && !attribute.Required {
			continue
		}
		one := &schema.Schema{
			Required: attribute.Required, Optional: attribute.Optional, Computed: attribute.Computed,
			Sensitive: attribute.Sensitive, WriteOnly: attribute.WriteOnly,
		}
		one.Type, one.Elem = typeOf(attribute.Type)
		made[name] = one
	}
	for name, nested := range described.BlockTypes {
		made[name] = &schema.Schema{
			Type: schema.TypeList, Elem: &schema.Resource{Schema: schemaOf(nested.Block, nil)},
			Required: nested.MinItems > 0, Optional: nested.MinItems == 0,
			MinItems: 0, MaxItems: nested.MaxItems,
		}
	}
	for _, name := range replacedBy {
		made[name].ForceNew = true
	}
	return made
}

func typeOf(described any) (schema.ValueType, any) {
	switch described := described.(type) {
	case string:
		return map[string]schema.ValueType{
			"string": schema.TypeString, "bool": schema.TypeBool, "number": schema.TypeInt,
		}[described], nil
	case []any:
		inner, _ := typeOf(described[1])
		outer := map[string]schema.ValueType{"list": schema.TypeList, "set": schema.TypeSet}[described[0].(string)]
		return outer, &schema.Schema{Type: inner}
	}
	log.Fatalf("no type is known for %v", described)
	return schema.TypeInvalid, nil
}

// kept is for providers without calls: what is configured is in the state, and nowhere else.
var kept = calls{
	create: func(_ context.Context, d *schema.ResourceData, _ *api) error {
		d.SetId("id-of-" + d.Get("name").(string))
		return nil
	},
	read:   func(context.Context, *schema.ResourceData, *api) error { return nil },
	update: func(context.Context, *schema.ResourceData, *api) error { return nil },
	delete: func(context.Context, *schema.ResourceData, *api) error { return nil },
}

type call func(context.Context, *schema.ResourceData, *api) error

func run(do call) func(context.Context, *schema.ResourceData, any) diag.Diagnostics {
	return func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
		asked, _ := meta.(*api)
		return diag.FromErr(do(ctx, d, asked))
	}
}

// readOrForget takes a resource that is gone out of the state.
func readOrForget(do call) func(context.Context, *schema.ResourceData, any) diag.Diagnostics {
	return func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
		asked, _ := meta.(*api)
		err := do(ctx, d, asked)
		if isNotFound(err) {
			d.SetId("")
			return nil
		}
		return diag.FromErr(err)
	}
}
