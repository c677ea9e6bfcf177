// Reads LDAP filters, each a JSON string on a line, and prints what go-ldap says to each: a JSON string, empty for one that it takes.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"runtime/debug"

	"github.com/go-ldap/ldap/v3"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "version" {
		info, _ := debug.ReadBuildInfo()
		for _, module := range info.Deps {
			if module.Path == "github.com/go-ldap/ldap/v3" {
				os.Stdout.WriteString(module.Version + "\n")
			}
		}
		return
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		var filter string
		if err := json.Unmarshal(lines.Bytes(), &filter); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
		answer := ""
		if _, err := ldap.CompileFilter(filter); err != nil {
			answer = err.Error()
		}
		out.Encode(answer)
	}
}
