package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// api is the Management API of one tenant.
type api struct {
	origin string
	token  string
}

type apiError struct {
	StatusCode int    `json:"statusCode"`
	Kind       string `json:"error"`
	Message    string `json:"message"`
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s: %s", e.StatusCode, e.Kind, e.Message) }

func isNotFound(err error) bool {
	var failed *apiError
	return errors.As(err, &failed) && failed.StatusCode == http.StatusNotFound
}

// configure takes the domain from the configuration and the credentials from the environment, as the provider does.
func configure(ctx context.Context, d *schema.ResourceData) (any, diag.Diagnostics) {
	made := &api{origin: "https://" + d.Get("domain").(string), token: os.Getenv("AUTH0_API_TOKEN")}
	if made.token != "" {
		return made, nil
	}
	token, err := made.logIn(ctx)
	if err != nil {
		return nil, diag.FromErr(err)
	}
	made.token = token
	return made, nil
}

func (a *api) logIn(ctx context.Context) (string, error) {
	form := url.Values{"grant_type": {"client_credentials"}, "audience": {a.origin + "/api/v2/"}}
	request, err := http.NewRequestWithContext(ctx, "POST", a.origin+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(os.Getenv("AUTH0_CLIENT_ID"), os.Getenv("AUTH0_CLIENT_SECRET"))
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	return answer.AccessToken, a.send(request, &answer)
}

// call makes one call; path segments are escaped, query goes as it is, and a body or an answer may be nil.
func (a *api) call(ctx context.Context, method string, body any, answer any, query string, path ...string) error {
	for index, segment := range path {
		path[index] = url.PathEscape(segment)
	}
	address := a.origin + "/api/v2/" + strings.Join(path, "/")
	if query != "" {
		address += "?" + query
	}
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(append(text, '\n'))
	}
	request, err := http.NewRequestWithContext(ctx, method, address, content)
	if err != nil {
		return err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	return a.send(request, answer)
}

func (a *api) send(request *http.Request, answer any) error {
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= 300 {
		failed := &apiError{StatusCode: response.StatusCode, Message: string(content)}
		_ = json.Unmarshal(content, failed)
		return failed
	}
	if answer == nil || len(content) == 0 {
		return nil
	}
	return json.Unmarshal(content, answer)
}
