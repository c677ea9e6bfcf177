// Reads LDAP filters or, with the argument dn, DNs, each a JSON string on a line, and prints what go-ldap says to each: of a
// filter its error as a JSON string, empty for one that it takes; of a DN its pairs of types and values in hexadecimal digits,
// part by part, or null for what is none. Of two DNs in one list it prints whether they are equal in any case, and whether the
// first is above the second.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"os"
	"runtime/debug"

	"github.com/go-ldap/ldap/v3"
)

func filter(line []byte) (any, error) {
	var text string
	if err := json.Unmarshal(line, &text); err != nil {
		return nil, err
	}
	if _, err := ldap.CompileFilter(text); err != nil {
		return err.Error(), nil
	}
	return "", nil
}

func dn(line []byte) (any, error) {
	var two []string
	if json.Unmarshal(line, &two) == nil {
		one, err := ldap.ParseDN(two[0])
		if err != nil {
			return nil, nil
		}
		other, err := ldap.ParseDN(two[1])
		if err != nil {
			return nil, nil
		}
		return []bool{one.EqualFold(other), one.AncestorOfFold(other)}, nil
	}
	var text string
	if err := json.Unmarshal(line, &text); err != nil {
		return nil, err
	}
	parsed, err := ldap.ParseDN(text)
	if err != nil {
		return nil, nil
	}
	parts := [][][2]string{}
	for _, rdn := range parsed.RDNs {
		part := [][2]string{}
		for _, pair := range rdn.Attributes {
			part = append(part, [2]string{hex.EncodeToString([]byte(pair.Type)), hex.EncodeToString([]byte(pair.Value))})
		}
		parts = append(parts, part)
	}
	return parts, nil
}

func main() {
	answer := filter
	if len(os.Args) > 1 && os.Args[1] == "version" {
		info, _ := debug.ReadBuildInfo()
		for _, module := range info.Deps {
			if module.Path == "github.com/go-ldap/ldap/v3" {
				os.Stdout.WriteString(module.Version + "\n")
			}
		}
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "dn" {
		answer = dn
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		said, err := answer(lines.Bytes())
		if err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
		out.Encode(said)
	}
}
