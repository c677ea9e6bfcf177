package main

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// calls are what the provider does for one type of resource.
type calls struct {
	create, read, update, delete call
	replacedBy                   []string
	// Whether a resource that exists can be imported by its id.
	isImportable bool
}

var resources = map[string]calls{
	"auth0_client":                  client,
	"auth0_client_credentials":      clientCredentials,
	"auth0_connection":              connection,
	"auth0_connection_client":       connectionClient,
	"auth0_user":                    user,
	"auth0_role":                    role,
	"auth0_user_role":               userRole,
	"auth0_action":                  action,
	"auth0_trigger_action":          triggerAction,
	"auth0_organization":            organization,
	"auth0_organization_connection": organizationConnection,
}

var dataSources = map[string]call{"auth0_connection": readConnectionByName}

var clientNames = names{"cross_origin_auth": "cross_origin_authentication"}

var clientAttributes = []string{
	"name", "description", "app_type", "callbacks", "allowed_logout_urls", "allowed_origins", "web_origins", "grant_types",
	"oidc_conformant", "is_first_party", "cross_origin_auth", "sso_disabled", "is_token_endpoint_ip_header_trusted",
	"organization_usage", "organization_require_behavior",
}

var refreshTokenAttributes = []string{
	"rotation_type", "expiration_type", "leeway", "token_lifetime", "infinite_token_lifetime", "idle_token_lifetime",
	"infinite_idle_token_lifetime",
}

const confirmation = "skip_non_verifiable_callback_uri_confirmation_prompt"

func clientBody(d *schema.ResourceData) object {
	body := changed(d, clientNames, clientAttributes...)
	if d.HasChange("jwt_configuration") {
		body["jwt_configuration"] = firstBlock(d, "jwt_configuration", nil)
	}
	if d.HasChange("refresh_token") {
		body["refresh_token"] = firstBlock(d, "refresh_token", nil)
	}
	if d.HasChange(confirmation) {
		body[confirmation] = d.Get(confirmation).(string) == "true"
	}
	return body
}

var client = calls{
	isImportable: true,
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		body := clientBody(d)
		if d.Get("app_type") == "regular_web" {
			body["token_endpoint_auth_method"] = "client_secret_post"
		}
		var answer object
		if err := a.call(ctx, "POST", body, &answer, "", "clients"); err != nil {
			return err
		}
		d.SetId(text(answer["client_id"]))
		return readClient(ctx, d, a)
	},
	read: readClient,
	update: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		if err := a.call(ctx, "PATCH", clientBody(d), nil, "", "clients", d.Id()); err != nil {
			return err
		}
		return readClient(ctx, d, a)
	},
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return a.call(ctx, "DELETE", nil, nil, "", "clients", d.Id())
	},
}

func readClient(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer object
	if err := a.call(ctx, "GET", nil, &answer, "", "clients", d.Id()); err != nil {
		return err
	}
	if err := store(d, answer, clientNames, append(clientAttributes, "client_id")...); err != nil {
		return err
	}
	if skips, ok := answer[confirmation]; ok && skips != nil {
		if err := d.Set(confirmation, fmt.Sprint(skips)); err != nil {
			return err
		}
	}
	if err := storeBlock(d, "jwt_configuration", answer["jwt_configuration"], nil, "alg", "lifetime_in_seconds"); err != nil {
		return err
	}
	return storeBlock(d, "refresh_token", answer["refresh_token"], nil, refreshTokenAttributes...)
}

var clientCredentials = calls{
	replacedBy: []string{"client_id"},
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		d.SetId(d.Get("client_id").(string))
		return updateClientCredentials(ctx, d, a)
	},
	read: readClientCredentials,
	update: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return updateClientCredentials(ctx, d, a)
	},
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		var answer object
		if err := a.call(ctx, "GET", nil, &answer, "fields=client_id,app_type", "clients", d.Id()); err != nil {
			if isNotFound(err) {
				return nil
			}
			return err
		}
		var credentials []object
		if err := a.call(ctx, "GET", nil, &credentials, "include_totals=true&per_page=50", "clients", d.Id(), "credentials"); err != nil {
			return err
		}
		body := object{"token_endpoint_auth_method": "client_secret_post"}
		return a.call(ctx, "PATCH", body, nil, "", "clients", d.Id())
	},
}

func readClientCredentials(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer object
	if err := a.call(ctx, "GET", nil, &answer, "", "clients", d.Id()); err != nil {
		return err
	}
	if err := d.Set("client_id", d.Id()); err != nil {
		return err
	}
	// A secret that was given by the write-only attribute is not read back.
	if d.Get("client_secret_wo_version").(int) == 0 {
		if err := d.Set("client_secret", text(answer["client_secret"])); err != nil {
			return err
		}
	}
	return d.Set("authentication_method", text(answer["token_endpoint_auth_method"]))
}

func updateClientCredentials(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer object
	if err := a.call(ctx, "GET", nil, &answer, "fields=client_id&include_fields=true", "clients", d.Id()); err != nil {
		return err
	}
	if d.HasChange("authentication_method") {
		body := object{"token_endpoint_auth_method": d.Get("authentication_method")}
		if err := a.call(ctx, "PATCH", body, nil, "", "clients", d.Id()); err != nil {
			return err
		}
	}
	if d.HasChange("client_secret_wo_version") {
		secret := d.GetRawConfig().GetAttr("client_secret_wo")
		if !secret.IsNull() && secret.IsKnown() {
			body := object{"client_secret": secret.AsString()}
			if err := a.call(ctx, "PATCH", body, nil, "", "clients", d.Id()); err != nil {
				return err
			}
		}
	}
	return readClientCredentials(ctx, d, a)
}

var optionNames = names{"password_policy": "passwordPolicy"}

var connection = calls{
	replacedBy: []string{"name", "strategy"},
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		body := changed(d, nil, "name", "strategy")
		body["options"] = firstBlock(d, "options", optionNames)
		var answer object
		if err := a.call(ctx, "POST", body, &answer, "", "connections"); err != nil {
			return err
		}
		d.SetId(text(answer["id"]))
		return readConnection(ctx, d, a)
	},
	read: readConnection,
	update: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		body := object{"options": firstBlock(d, "options", optionNames)}
		if err := a.call(ctx, "PATCH", body, nil, "", "connections", d.Id()); err != nil {
			return err
		}
		return readConnection(ctx, d, a)
	},
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return a.call(ctx, "DELETE", nil, nil, "", "connections", d.Id())
	},
}

func readConnection(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer object
	if err := a.call(ctx, "GET", nil, &answer, "", "connections", d.Id()); err != nil {
		return err
	}
	if err := store(d, answer, nil, "name", "strategy"); err != nil {
		return err
	}
	return storeBlock(d, "options", answer["options"], optionNames,
		"disable_signup", "brute_force_protection", "password_policy", "requires_username")
}

// readConnectionByName looks at every connection, page after page, as the provider does; the API is not asked for a name.
func readConnectionByName(ctx context.Context, d *schema.ResourceData, a *api) error {
	name := d.Get("name").(string)
	for from := ""; ; {
		query := "take=100"
		if from != "" {
			query += "&from=" + url.QueryEscape(from)
		}
		var answer struct {
			Connections []object `json:"connections"`
			Next        string   `json:"next"`
		}
		if err := a.call(ctx, "GET", nil, &answer, query, "connections"); err != nil {
			return err
		}
		for _, found := range answer.Connections {
			if found["name"] != name {
				continue
			}
			d.SetId(text(found["id"]))
			if err := storeBlock(d, "options", found["options"], nil, "client_id", "client_secret"); err != nil {
				return err
			}
			return store(d, found, nil, "name", "strategy")
		}
		if from = answer.Next; from == "" {
			return &apiError{StatusCode: 404, Kind: "Not Found", Message: "No connection found with \"name\" = \"" + name + "\""}
		}
	}
}

var connectionClient = calls{
	replacedBy: []string{"connection_id", "client_id"},
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		connectionID, clientID := d.Get("connection_id").(string), d.Get("client_id").(string)
		if err := enable(ctx, a, connectionID, clientID, true); err != nil {
			return err
		}
		d.SetId(connectionID + "::" + clientID)
		return readConnectionClient(ctx, d, a)
	},
	read: readConnectionClient,
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		err := enable(ctx, a, d.Get("connection_id").(string), d.Get("client_id").(string), false)
		if isNotFound(err) {
			return nil
		}
		return err
	},
}

func enable(ctx context.Context, a *api, connectionID, clientID string, status bool) error {
	body := []object{{"client_id": clientID, "status": status}}
	return a.call(ctx, "PATCH", body, nil, "", "connections", connectionID, "clients")
}

func readConnectionClient(ctx context.Context, d *schema.ResourceData, a *api) error {
	connectionID := d.Get("connection_id").(string)
	for from := "0"; from != ""; {
		var answer struct {
			Clients []object `json:"clients"`
			Next    string   `json:"next"`
		}
		query := "take=100&from=" + url.QueryEscape(from)
		if err := a.call(ctx, "GET", nil, &answer, query, "connections", connectionID, "clients"); err != nil {
			return err
		}
		for _, enabled := range answer.Clients {
			if enabled["client_id"] == d.Get("client_id") {
				var found object
				query := "fields=strategy,name&include_fields=true"
				if err := a.call(ctx, "GET", nil, &found, query, "connections", connectionID); err != nil {
					return err
				}
				return store(d, found, nil, "name", "strategy")
			}
		}
		from = answer.Next
	}
	return &apiError{StatusCode: 404, Kind: "Not Found", Message: "the client is not enabled"}
}

var userNames = names{"connection_name": "connection"}

var user = calls{
	replacedBy: []string{"connection_name"},
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		body := changed(d, userNames, "connection_name", "email", "email_verified", "password", "name")
		var answer object
		if err := a.call(ctx, "POST", body, &answer, "", "users"); err != nil {
			return err
		}
		d.SetId(text(answer["user_id"]))
		return readUser(ctx, d, a)
	},
	read: readUser,
	update: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		if d.HasChange("password") && d.HasChange("email_verified") {
			return fmt.Errorf("cannot update password and email_verified simultaneously")
		}
		body := changed(d, userNames, "email", "email_verified", "password", "name")
		if err := a.call(ctx, "PATCH", body, nil, "", "users", d.Id()); err != nil {
			return err
		}
		return readUser(ctx, d, a)
	},
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return a.call(ctx, "DELETE", nil, nil, "", "users", d.Id())
	},
}

func readUser(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer object
	if err := a.call(ctx, "GET", nil, &answer, "", "users", d.Id()); err != nil {
		return err
	}
	return store(d, answer, nil, "email", "email_verified", "name", "user_id")
}

var role = calls{
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		var answer object
		if err := a.call(ctx, "POST", changed(d, nil, "name", "description"), &answer, "", "roles"); err != nil {
			return err
		}
		d.SetId(text(answer["id"]))
		return readRole(ctx, d, a)
	},
	read: readRole,
	update: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return a.call(ctx, "PATCH", changed(d, nil, "name", "description"), nil, "", "roles", d.Id())
	},
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return a.call(ctx, "DELETE", object{}, nil, "", "roles", d.Id())
	},
}

func readRole(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer object
	if err := a.call(ctx, "GET", nil, &answer, "", "roles", d.Id()); err != nil {
		return err
	}
	return store(d, answer, nil, "name", "description")
}

var userRole = calls{
	replacedBy: []string{"user_id", "role_id"},
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		userID, roleID := d.Get("user_id").(string), d.Get("role_id").(string)
		if err := a.call(ctx, "POST", object{"roles": []string{roleID}}, nil, "", "users", userID, "roles"); err != nil {
			return err
		}
		d.SetId(userID + "::" + roleID)
		return readUserRole(ctx, d, a)
	},
	read: readUserRole,
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		body := object{"roles": []any{d.Get("role_id")}}
		err := a.call(ctx, "DELETE", body, nil, "", "users", d.Get("user_id").(string), "roles")
		if isNotFound(err) {
			return nil
		}
		return err
	},
}

func readUserRole(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer struct {
		Roles []object `json:"roles"`
	}
	query := "include_totals=true&page=0&per_page=50"
	if err := a.call(ctx, "GET", nil, &answer, query, "users", d.Get("user_id").(string), "roles"); err != nil {
		return err
	}
	for _, held := range answer.Roles {
		if held["id"] == d.Get("role_id") {
			return store(d, held, names{"role_name": "name", "role_description": "description"}, "role_name", "role_description")
		}
	}
	return &apiError{StatusCode: 404, Kind: "Not Found", Message: "the user does not have the role"}
}

var action = calls{
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		body := changed(d, nil, "name", "code", "runtime")
		body["supported_triggers"] = d.Get("supported_triggers")
		var answer object
		if err := a.call(ctx, "POST", body, &answer, "", "actions", "actions"); err != nil {
			return err
		}
		d.SetId(text(answer["id"]))
		return deploy(ctx, d, a)
	},
	read: readAction,
	update: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		body := changed(d, nil, "name", "code", "runtime")
		if err := a.call(ctx, "PATCH", body, nil, "", "actions", "actions", d.Id()); err != nil {
			return err
		}
		return deploy(ctx, d, a)
	},
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return a.call(ctx, "DELETE", nil, nil, "", "actions", "actions", d.Id())
	},
}

// deploy waits until the Action is built, makes a version of it, and waits until that is deployed.
func deploy(ctx context.Context, d *schema.ResourceData, a *api) error {
	wait := func(done func(object) bool) error {
		for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
			var answer object
			if err := a.call(ctx, "GET", nil, &answer, "", "actions", "actions", d.Id()); err != nil {
				return err
			}
			if done(answer) {
				return nil
			}
			if time.Now().After(deadline) {
				return fmt.Errorf("the Action is %v", answer["status"])
			}
		}
	}
	failed := false
	if err := wait(func(answer object) bool {
		failed = answer["status"] == "failed"
		return failed || answer["status"] == "built"
	}); err != nil {
		return err
	}
	if failed {
		return fmt.Errorf("action %s failed to build", d.Get("name"))
	}
	if d.Get("deploy").(bool) {
		if err := a.call(ctx, "POST", object{}, nil, "", "actions", "actions", d.Id(), "deploy"); err != nil {
			return err
		}
		deployed := func(answer object) bool {
			version, _ := answer["deployed_version"].(object)
			return version["deployed"] == true
		}
		if err := wait(deployed); err != nil {
			return err
		}
	}
	return readAction(ctx, d, a)
}

func readAction(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer object
	if err := a.call(ctx, "GET", nil, &answer, "", "actions", "actions", d.Id()); err != nil {
		return err
	}
	if version, ok := answer["deployed_version"].(object); ok {
		if err := d.Set("version_id", version["id"]); err != nil {
			return err
		}
	}
	return store(d, answer, nil, "name", "code", "runtime", "supported_triggers")
}

var triggerAction = calls{
	replacedBy: []string{"trigger", "action_id"},
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		trigger := d.Get("trigger").(string)
		bindings, err := readBindings(ctx, a, trigger)
		if err != nil {
			return err
		}
		own := object{"ref": object{"type": "action_id", "value": d.Get("action_id")}, "display_name": d.Get("display_name")}
		if err := writeBindings(ctx, a, trigger, append(references(bindings), own)); err != nil {
			return err
		}
		d.SetId(trigger + "::" + d.Get("action_id").(string))
		return readTriggerAction(ctx, d, a)
	},
	read: readTriggerAction,
	update: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		trigger := d.Get("trigger").(string)
		bindings, err := readBindings(ctx, a, trigger)
		if err != nil {
			return err
		}
		for _, binding := range bindings {
			if binding["action"].(object)["id"] == d.Get("action_id") {
				binding["display_name"] = d.Get("display_name")
			}
		}
		return writeBindings(ctx, a, trigger, references(bindings))
	},
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		trigger := d.Get("trigger").(string)
		bindings, err := readBindings(ctx, a, trigger)
		if err != nil {
			return err
		}
		kept := []object{}
		for _, binding := range bindings {
			if binding["action"].(object)["id"] != d.Get("action_id") {
				kept = append(kept, binding)
			}
		}
		return writeBindings(ctx, a, trigger, references(kept))
	},
}

// readBindings reads page after page as the provider's SDK does: as long as a page says that there is more in total than
// it and those before it can hold. The first page has no start and no limit, so there is always a second request.
func readBindings(ctx context.Context, a *api, trigger string) ([]object, error) {
	found := []object{}
	for page := 0; page < 20; page++ {
		var answer struct {
			Bindings []object `json:"bindings"`
			Start    int      `json:"start"`
			Limit    int      `json:"limit"`
			Total    int      `json:"total"`
		}
		query := fmt.Sprintf("page=%d&per_page=100", page)
		if err := a.call(ctx, "GET", nil, &answer, query, "actions", "triggers", trigger, "bindings"); err != nil {
			return nil, err
		}
		found = append(found, answer.Bindings...)
		if answer.Total <= answer.Start+answer.Limit {
			return found, nil
		}
	}
	return nil, fmt.Errorf("the bindings of %s have no end", trigger)
}

func references(bindings []object) []object {
	made := []object{}
	for _, binding := range bindings {
		made = append(made, object{
			"ref":          object{"type": "action_id", "value": binding["action"].(object)["id"]},
			"display_name": binding["display_name"],
		})
	}
	return made
}

func writeBindings(ctx context.Context, a *api, trigger string, bindings []object) error {
	return a.call(ctx, "PATCH", object{"bindings": bindings}, nil, "", "actions", "triggers", trigger, "bindings")
}

func readTriggerAction(ctx context.Context, d *schema.ResourceData, a *api) error {
	bindings, err := readBindings(ctx, a, d.Get("trigger").(string))
	if err != nil {
		return err
	}
	for _, binding := range bindings {
		if binding["action"].(object)["id"] == d.Get("action_id") {
			return store(d, binding, nil, "display_name")
		}
	}
	return &apiError{StatusCode: 404, Kind: "Not Found", Message: "the Action is not bound"}
}

var organization = calls{
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		var answer object
		if err := a.call(ctx, "POST", changed(d, nil, "name", "display_name"), &answer, "", "organizations"); err != nil {
			return err
		}
		d.SetId(text(answer["id"]))
		return readOrganization(ctx, d, a)
	},
	read: readOrganization,
	update: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return a.call(ctx, "PATCH", changed(d, nil, "name", "display_name"), nil, "", "organizations", d.Id())
	},
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return a.call(ctx, "DELETE", nil, nil, "", "organizations", d.Id())
	},
}

func readOrganization(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer object
	if err := a.call(ctx, "GET", nil, &answer, "", "organizations", d.Id()); err != nil {
		return err
	}
	return store(d, answer, nil, "name", "display_name")
}

var organizationConnection = calls{
	replacedBy: []string{"organization_id", "connection_id"},
	create: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		organizationID, connectionID := d.Get("organization_id").(string), d.Get("connection_id").(string)
		body := object{"connection_id": connectionID, "assign_membership_on_login": d.Get("assign_membership_on_login")}
		if err := a.call(ctx, "POST", body, nil, "", "organizations", organizationID, "connections"); err != nil {
			return err
		}
		d.SetId(organizationID + "::" + connectionID)
		return readOrganizationConnection(ctx, d, a)
	},
	read: readOrganizationConnection,
	update: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		body := object{"assign_membership_on_login": d.Get("assign_membership_on_login")}
		return a.call(ctx, "PATCH", body, nil, "", "organizations", d.Get("organization_id").(string), "connections", d.Get("connection_id").(string))
	},
	delete: func(ctx context.Context, d *schema.ResourceData, a *api) error {
		return a.call(ctx, "DELETE", nil, nil, "", "organizations", d.Get("organization_id").(string), "connections", d.Get("connection_id").(string))
	},
}

func readOrganizationConnection(ctx context.Context, d *schema.ResourceData, a *api) error {
	var answer struct {
		AssignMembershipOnLogin bool   `json:"assign_membership_on_login"`
		Connection              object `json:"connection"`
	}
	if err := a.call(ctx, "GET", nil, &answer, "", "organizations", d.Get("organization_id").(string), "connections", d.Get("connection_id").(string)); err != nil {
		return err
	}
	if err := d.Set("assign_membership_on_login", answer.AssignMembershipOnLogin); err != nil {
		return err
	}
	return store(d, answer.Connection, nil, "name", "strategy")
}
