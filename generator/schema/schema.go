// Package schema describes the files in decisiontrees/ as a JSON Schema (draft 2020-12), which editors use to complete
// keys and to mark mistakes while somebody types.
//
// In: nothing. Out: decisiontrees/schema.json. It says no more than what one file shows by itself: which keys there are,
// what stands behind them and which words that can be. What a file means together with the others is for check. Tests
// hold every object here against package syntax, key by key.
package schema

import (
	"encoding/json"
	"slices"
	"strings"
)

// File is where the schema belongs, from the root of the project.
const File = "decisiontrees/schema.json"

// JSON gives the schema. The bytes are the same on every run.
func JSON() []byte {
	defs := node{}
	for _, o := range Language {
		defs[o.ID] = o.schema()
	}
	out, err := json.MarshalIndent(node{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"title":       "Beslissingen van het Handvat Gegevensdeling",
		"description": "Eén bestand in de map decisiontrees. README.md in die map legt alles uit.",
		"$ref":        "#/$defs/" + Language[0].ID,
		"$defs":       defs,
	}, "", " ")
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return append(out, '\n')
}

// A node is a piece of JSON Schema.
type node map[string]any

// An Object is a kind of map that authors write.
type Object struct {
	ID    string
	About string // Dutch
	Keys  []Key
	Open  bool // any other key is the name of a fact, a value or a source
	rest  node // what stands behind such a key
	all   []node
}

// A Key is one of the words with a colon that an Object can have.
type Key struct {
	Name     string
	Required bool
	About    string // Dutch
	Value    any    // what stands behind it, as JSON Schema
}

// A Child is an Object that can stand behind a key, by itself or in a list.
type Child struct {
	ID   string
	List bool
}

// Children lists what can stand behind the key.
func (k Key) Children() []Child { return children(k.Value.(node), false) }

func children(n node, list bool) []Child {
	if ref, ok := n["$ref"].(string); ok {
		return []Child{{strings.TrimPrefix(ref, "#/$defs/"), list}}
	}
	if items, ok := n["items"].(node); ok {
		return children(items, true)
	}
	var out []Child
	if options, ok := n["anyOf"].([]node); ok {
		for _, option := range options {
			out = append(out, children(option, false)...)
		}
	}
	return out
}

func (o Object) schema() node {
	properties := node{}
	var required []string
	for _, k := range o.Keys {
		property := node{}
		for name, value := range k.Value.(node) {
			property[name] = value
		}
		property["description"] = k.About
		properties[k.Name] = property
		if k.Required {
			required = append(required, k.Name)
		}
	}
	out := node{"type": "object", "description": o.About, "properties": properties, "additionalProperties": false}
	if o.Open {
		out["additionalProperties"] = o.rest
	}
	if len(properties) == 0 {
		delete(out, "properties")
	}
	if len(required) > 0 {
		slices.Sort(required)
		out["required"] = required
	}
	if len(o.all) > 0 {
		out["allOf"] = o.all
	}
	return out
}

// word is a name or a text. YAML reads some words as a number or a yes or no; here they stay words.
func word() node { return node{"type": []string{"string", "number", "boolean"}, "minLength": 1} }

// words is a word, or a list of them.
func words() node {
	return node{"anyOf": []node{word(), {"type": "array", "items": word()}}}
}

func day() node { return node{"type": "string", "format": "date"} }

func oneOf(list ...string) node { return node{"enum": list} }

// someOf is one of the words, or a list of them.
func someOf(list ...string) node {
	return node{"anyOf": []node{oneOf(list...), {"type": "array", "items": oneOf(list...)}}}
}

func object(id string) node { return node{"$ref": "#/$defs/" + id} }

func listOf(id string) node { return node{"type": "array", "items": object(id)} }

func needs(keys ...string) node { return node{"required": keys} }

func needsOneOf(keys ...string) node {
	var out []node
	for _, k := range keys {
		out = append(out, needs(k))
	}
	return node{"anyOf": out}
}

func not(n node) node { return node{"not": n} }

// where demands something of an object in which a key has one of the words.
func where(key string, list []string, then ...node) node {
	return node{"if": node{"required": []string{key}, "properties": node{key: oneOf(list...)}}, "then": node{"allOf": then}}
}

// with demands something of an object that has a key.
func with(key string, then ...node) node {
	return node{"if": needs(key), "then": node{"allOf": then}}
}
